//! Paths as text with `/` between the parts: no file system is asked.

/// Returns the shortest path that is lexically the same: no `.`, no empty parts, `..` only in front of a relative path.
/// The empty path is `.`.
///
/// ```
/// use tidegate_kustomize::clean_path;
///
/// assert_eq!(clean_path("a//b/../c/."), "a/c");
/// assert_eq!(clean_path("/../a"), "/a");
/// assert_eq!(clean_path("a/../.."), "..");
/// ```
#[must_use]
pub fn clean_path(path: &str) -> String {
    if is_clean(path.strip_prefix('/').unwrap_or(path)) {
        return path.to_owned();
    }
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

/// Returns whether every part of a relative path is the name of something.
fn is_clean(path: &str) -> bool {
    path.as_bytes().split(|byte| *byte == b'/').all(|part| !matches!(part, b"" | b"." | b".."))
}

/// Returns whether a path is the name of something in the folder itself.
pub(crate) fn is_name(path: &str) -> bool {
    !matches!(path, "" | "." | "..") && !path.bytes().any(|byte| byte == b'/')
}

/// Returns a path below a cleaned folder, cleaned; the path is taken as relative even where it begins with `/`.
pub(crate) fn join(folder: &str, path: &str) -> String {
    match folder {
        "" => clean_path(path),
        "/" => clean_path(&format!("/{path}")),
        _ => {
            let mut joined = String::with_capacity(folder.len() + 1 + path.len());
            joined.push_str(folder);
            joined.push('/');
            joined.push_str(path);
            if is_clean(path) && folder != "." { joined } else { clean_path(&joined) }
        }
    }
}

/// Returns a path seen from a folder: itself where it is absolute.
pub(crate) fn resolve(folder: &str, path: &str) -> String {
    if path.starts_with('/') { clean_path(path) } else { join(folder, path) }
}

/// Splits a cleaned path into its folder and its last part.
pub(crate) fn split(path: &str) -> (&str, &str) {
    match path.rfind('/') {
        Some(0) => ("/", &path[1..]),
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (".", path),
    }
}

/// Returns whether a cleaned path is a folder or lies below it.
pub(crate) fn is_within(path: &str, folder: &str) -> bool {
    folder == "/"
        || path == folder
        || (folder == "." && !path.starts_with('/') && path != ".." && !path.starts_with("../"))
        || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_is_by_whole_parts() {
        assert!(is_within("/a/b", "/a"));
        assert!(is_within("/a", "/a"));
        assert!(!is_within("/ab", "/a"));
        assert!(is_within("/a", "/"));
        assert!(is_within("a/b", "."));
        assert!(!is_within("../b", "."));
    }

    #[test]
    fn split_keeps_the_root() {
        assert_eq!(split("/a"), ("/", "a"));
        assert_eq!(split("/a/b"), ("/a", "b"));
        assert_eq!(split("a"), (".", "a"));
    }

    #[test]
    fn join_takes_the_path_as_relative() {
        assert_eq!(join("/a/b", "../c"), "/a/c");
        assert_eq!(join(".", "x"), "x");
        assert_eq!(resolve("/a", "/b/./c"), "/b/c");
    }
}
