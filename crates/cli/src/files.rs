//! Files that are written beside their place and renamed there, so that nobody ever sees half of one.

use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file. One that is there keeps its permissions, and a link to it stays a link.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let present = std::fs::metadata(path).ok();
    if present.as_ref().is_some_and(|it| !it.is_file()) {
        // A pipe or a device has no place to be renamed to.
        return std::fs::write(path, bytes);
    }
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = real.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Asked first, so that a folder that is not there is told of without the name of the file beside.
    std::fs::metadata(folder)?;
    let mut file = beside(folder)?;
    file.write_all(bytes)?;
    if let Some(present) = present {
        file.as_file().set_permissions(present.permissions())?;
    }
    file.persist(&real).map(|_| ()).map_err(|error| error.error)
}

#[cfg(unix)]
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;

    // What the user's mask leaves of it, as for every other new file.
    let permissions = std::fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().permissions(permissions).tempfile_in(folder)
}

#[cfg(not(unix))]
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}
