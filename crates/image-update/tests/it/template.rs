use std::collections::BTreeMap;

use proptest::prelude::*;
use tidegate_image_update::{Template, TemplateValue};

fn data() -> TemplateValue {
    let image = |name: &str, tag: &str| {
        TemplateValue::Record(vec![
            ("Name", TemplateValue::Text(name.to_owned())),
            ("Tag", TemplateValue::Text(tag.to_owned())),
        ])
    };
    let labels =
        BTreeMap::from([("a.b".to_owned(), "1".to_owned()), ("c".to_owned(), "2".to_owned())]);
    TemplateValue::Record(vec![
        ("App", TemplateValue::Text("shop".to_owned())),
        ("Empty", TemplateValue::Text(String::new())),
        ("Images", TemplateValue::List(vec![image("web", "1"), image("api", "2")])),
        ("None", TemplateValue::List(Vec::new())),
        ("Labels", TemplateValue::Map(labels)),
    ])
}

#[track_caller]
fn check(template: &str, expected: &str) {
    let rendered = Template::parse(template).and_then(|it| it.render(&data()));
    assert_eq!(rendered.as_deref(), Ok(expected));
}

#[track_caller]
fn refused(template: &str, message: &str, place: &str) {
    let error = Template::parse(template).and_then(|it| it.render(&data())).expect_err("a mistake");
    assert_eq!((&*error.to_string(), error.span().of(template)), (message, place));
}

#[test]
fn trim_marks_take_blanks_on_their_side() {
    check("a {{- .App -}} b", "ashopb");
    check("a {{.App}} b", "a shop b");
    check("a \n\t{{- /* note */ -}}\n b", "ab");
    check("{{/* a note */}}x", "x");
    check("{{ -3 }}", "-3");
}

#[test]
fn range_binds_dot_and_variables() {
    check("{{range .Images}}{{.Name}}:{{.Tag}} {{end}}", "web:1 api:2 ");
    check("{{range $nth, $it := .Images}}{{$nth}}={{$it.Name}},{{end}}", "0=web,1=api,");
    check("{{range $it := .Images}}{{$it.Name}}/{{$.App}} {{end}}", "web/shop api/shop ");
    check("{{range .None}}x{{else}}nothing{{end}}", "nothing");
    check(
        "{{range $key, $value := .Labels}}{{$key}}={{$value};{{end}}"
            .replace("{{$value}", "{{$value}}")
            .as_str(),
        "a.b=1;c=2;",
    );
    check("{{range .Images}}{{if eq .Name \"api\"}}{{break}}{{end}}{{.Name}}{{end}}", "web");
    check("{{range .Images}}{{if eq .Name \"web\"}}{{continue}}{{end}}{{.Name}}{{end}}", "api");
}

#[test]
fn conditions_read_empty_as_false() {
    check("{{if .Empty}}a{{else if .App}}b{{else}}c{{end}}", "b");
    check("{{with .App}}<{{.}}>{{end}}{{with .Empty}}x{{else}}-{{end}}", "<shop>-");
    check("{{if and .App (not .Empty)}}yes{{end}}", "yes");
    check("{{if or .Empty .None}}yes{{else}}no{{end}}", "no");
    check("{{if gt (len .Images) 1}}several{{end}}", "several");
}

#[test]
fn variables_live_in_their_block() {
    check("{{$x := \"a\"}}{{if .App}}{{$x = \"b\"}}{{$x := \"c\"}}{{$x}}{{end}}{{$x}}", "cb");
    refused("{{if .App}}{{$y := 1}}{{end}}{{$y}}", "variable `$y` is not defined", "$y");
}

#[test]
fn maps_are_read_by_index_and_by_field() {
    check("{{index .Labels \"a.b\"}}|{{index .Labels \"gone\"}}|{{.Labels.gone}}", "1||<no value>");
    check("{{(index .Images 1).Name}}", "api");
    refused("{{index .Images 7}}", "index 7 is out of range", "index");
}

#[test]
fn functions_print_as_go_does() {
    check("{{printf \"%s-%d-%q-%v%%\" .App 3 \"x\" .Labels}}", "shop-3-\"x\"-map[a.b:1 c:2]%");
    check("{{print 1 2 \"a\" 3}}", "1 2a3");
    check("{{println .App 1}}", "shop 1\n");
    check("{{.App | printf \"%s:%s\" \"x\"}}", "x:shop");
    check("{{`raw \\n`}}{{\"tab\\tu\\u00e9\"}}", "raw \\ntab\tu\u{e9}");
}

#[test]
fn mistakes_name_their_place() {
    refused("a {{ .App", "action is not closed", "{{ .App");
    refused("{{range .Images}}x", "`range` has no `end`", "{{range .Images}}x");
    refused("{{end}}", "`end` without a block", "{{end}}");
    refused("{{if .App}}{{else}}{{else}}{{end}}", "a second `else`", "{{else}}");
    refused("{{.Ap}}", "there is no field `.Ap`; there is `.App`", ".Ap");
    refused("{{upper .App}}", "function `upper` is not known", "upper");
    refused(
        "{{template \"x\"}}",
        "`template`: templates that use others are not supported",
        "{{template \"x\"}}",
    );
    refused("{{break}}", "`break` outside of a range", "{{break}}");
    refused("{{.App .App}}", "only a function takes arguments", ".App");
    refused("{{range .App}}{{end}}", "range can't iterate over shop", "{{range .App}}");
    refused("{{\"open}}", "text is not closed", "\"");
    refused("{{.App ? }}", "unexpected '?' in an action", "?");
    refused("{{(.App}}", "bracket is not closed", "(");
}

#[test]
fn deep_nesting_is_refused_not_overflowed() {
    let deep = "{{if .App}}".repeat(5000) + &"{{end}}".repeat(5000);
    let error = Template::parse(&deep).unwrap_err();
    assert_eq!(error.to_string(), "blocks are nested too deeply");
    let brackets = format!("{{{{ {}.App{} }}}}", "(".repeat(5000), ")".repeat(5000));
    let error = Template::parse(&brackets).unwrap_err();
    assert_eq!(error.to_string(), "brackets are nested too deeply");
}

proptest! {
    #[test]
    fn never_panics(text in "([{]{2}|[}]{2}|-|range|if|end|else|[.$|(),=: \"`\\\\a-z0-9é\n]){0,40}") {
        if let Ok(template) = Template::parse(&text) {
            let _: Result<String, _> = template.render(&data());
        }
    }

    #[test]
    fn text_without_actions_is_itself(text in "[^{]*") {
        let rendered = Template::parse(&text).and_then(|it| it.render(&data()));
        prop_assert_eq!(rendered.as_deref(), Ok(&*text));
    }
}
