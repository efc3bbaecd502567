use std::borrow::Cow;

/// Words in the name of a query parameter that make its value a secret.
const SECRET_PARAMETERS: [&str; 6] = ["token", "password", "passwd", "secret", "signature", "key"];

/// Returns the text with the credentials of every URL in it written as `***`.
///
/// A URL's user information goes (`https://user:token@host` becomes `https://***@host`), and so does the value of a
/// query parameter that is named like a secret. The user name of an `ssh` URL without a password stays: it is part
/// of the address. Everything that this crate reports has passed through here.
///
/// ```
/// use tidegate_repository::masked;
///
/// assert_eq!(masked("fatal: 'https://me:s3cret@git.example/a.git/'"), "fatal: 'https://***@git.example/a.git/'");
/// assert_eq!(masked("ssh://git@git.example/a.git"), "ssh://git@git.example/a.git");
/// ```
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let scheme_start = rest[..at]
            .rfind(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'))
            .map_or(0, |before| before + rest[before..].chars().next().map_or(1, char::len_utf8));
        let scheme = &rest[scheme_start..at];
        out.push_str(&rest[..at + 3]);
        rest = &rest[at + 3..];
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '<' | '>' | '`'));
        let (url, after) = rest.split_at(end.unwrap_or(rest.len()));
        push_url(&mut out, scheme, url);
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Appends what follows `scheme://`, without its credentials.
fn push_url(out: &mut String, scheme: &str, url: &str) {
    let authority_end = url.find(['/', '?', '#']).unwrap_or(url.len());
    // A password with an unescaped `/` is not a URL, but people write it: a later `@` with a `:` before the first
    // slash still ends the user information.
    let user_end = match url[..authority_end].rfind('@') {
        Some(at) => Some(at),
        None if url[..authority_end].contains(':') && !is_port(&url[..authority_end]) => {
            url.rfind('@')
        }
        None => None,
    };
    let mut rest = url;
    if let Some(at) = user_end {
        let (user, host) = url.split_at(at);
        let address = scheme.ends_with("ssh") && !user.contains(':');
        out.push_str(if address { user } else { "***" });
        rest = host;
    }
    let Some(query) = rest.find('?') else {
        out.push_str(rest);
        return;
    };
    out.push_str(&rest[..=query]);
    for (nth, parameter) in rest[query + 1..].split('&').enumerate() {
        if nth > 0 {
            out.push('&');
        }
        match parameter.split_once('=') {
            Some((name, _)) if is_secret(name) => {
                out.push_str(name);
                out.push_str("=***");
            }
            _ => out.push_str(parameter),
        }
    }
}

fn is_port(authority: &str) -> bool {
    authority.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|it| it.is_ascii_digit()))
}

fn is_secret(parameter: &str) -> bool {
    let name = parameter.to_ascii_lowercase();
    SECRET_PARAMETERS.iter().any(|word| name.contains(word))
}
