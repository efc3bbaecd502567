use crate::environment::CommitDate;
use crate::error::{GitError, GitErrorKind};
use crate::log::Commit;
use crate::name::{ObjectId, check_ref_name};
use crate::push::{PushError, Update, push};
use crate::repository::Tag;
use crate::work_tree::WorkTree;

/// What a release writes: one commit and one annotated tag.
#[derive(Clone, Copy, Debug)]
pub struct Release<'r> {
    /// The branch that it goes to; [`crate::State::branch`].
    pub branch: &'r str,
    /// Files and their new bytes, by path from the top of the work tree.
    pub edits: &'r [(&'r str, &'r [u8])],
    /// Message of the commit.
    pub message: &'r str,
    /// Name of the tag.
    pub tag: &'r str,
    /// Message of the tag.
    pub tag_message: &'r str,
    /// Date of both.
    pub date: CommitDate,
}

/// A release commit with its tag, on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// The branch that it goes to.
    pub branch: String,
    /// The commit before it: where the branch is expected on the remote.
    pub before: ObjectId,
    /// The commit.
    pub commit: ObjectId,
    /// The tag.
    pub tag: Tag,
}

/// A commit on this machine that the remote does not have: a release that was stopped before its push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpushed {
    /// The commit before it, which is the tip of the branch on the remote.
    pub before: ObjectId,
    /// The commit.
    pub commit: Commit,
    /// The annotated tags on it that the remote does not have.
    pub tags: Vec<Tag>,
}

impl WorkTree {
    /// Makes the commit and the tag on this machine. When either cannot be made, neither is there, and files and
    /// index are as they were.
    ///
    /// # Errors
    ///
    /// As [`WorkTree::commit_edits`] and [`WorkTree::create_tag`].
    pub fn make_release(&self, release: &Release<'_>) -> Result<Released, GitError> {
        check_ref_name(release.branch)?;
        check_ref_name(release.tag)?;
        let before = self.commit("HEAD")?;
        let commit = self.commit_edits(release.edits, release.message, release.date)?;
        match self.create_tag(release.tag, &commit, release.tag_message, release.date) {
            Ok(tag) => Ok(Released { branch: release.branch.to_owned(), before, commit, tag }),
            Err(error) => {
                self.step_back(&commit, &before)?;
                Err(error)
            }
        }
    }

    /// Pushes commit and tag, both or none, and only if the branch is where it was and the tag is not there.
    ///
    /// When the far side refuses, or somebody else was faster, the commit and the tag are taken away from this
    /// machine too. When its answer was lost ([`PushError::Git`]) they stay: ask the remote for the tag, and push again if
    /// it is not there.
    ///
    /// # Errors
    ///
    /// [`PushError`].
    pub fn push_release(&self, remote: &str, released: &Released) -> Result<(), PushError> {
        check_ref_name(&released.branch)?;
        let branch = Update {
            reference: format!("refs/heads/{}", released.branch),
            expected: Some(&released.before),
            new: &released.commit,
        };
        let tag = Update {
            reference: format!("refs/tags/{}", released.tag.name),
            expected: None,
            new: &released.tag.object,
        };
        let pushed = push(self.git(), remote, &[branch, tag]);
        if let Err(PushError::Moved(_) | PushError::Refused { .. }) = pushed {
            self.undo_release(released)?;
        }
        pushed
    }

    /// Takes a release away that is only on this machine: the tag, the commit, the bytes in the work tree. Other
    /// changes in the work tree stay.
    ///
    /// # Errors
    ///
    /// When HEAD is no longer at the release, or a file of it was changed since.
    pub fn undo_release(&self, released: &Released) -> Result<(), GitError> {
        let name = &released.tag.name;
        self.step_back(&released.commit, &released.before)?;
        let run = self.git().run(format!("deleting tag `{name}`"), &["update-ref", "-d"]);
        run.arg(format!("refs/tags/{name}")).arg(released.tag.object.as_str()).done()
    }

    /// Moves HEAD from one commit to the one before it, with index and files.
    fn step_back(&self, from: &ObjectId, to: &ObjectId) -> Result<(), GitError> {
        let doing = format!("taking commit {} away", from.short());
        let head = self.commit("HEAD")?;
        if head != *from {
            let reason = format!("HEAD is at {} by now", head.short());
            return Err(GitError::new(GitErrorKind::Conflict, doing, reason));
        }
        self.git().run(doing, &["reset", "--quiet", "--keep"]).arg(to.as_str()).done()
    }

    /// Returns the one commit that HEAD has and the remote's branch does not, with its tags: what a release that was
    /// stopped before its push left. `None` when HEAD is not exactly one commit ahead.
    ///
    /// # Errors
    ///
    /// When the remote does not answer.
    pub fn unpushed(&self, remote: &str, branch: &str) -> Result<Option<Unpushed>, GitError> {
        check_ref_name(branch)?;
        let Some(head) = self.resolve("HEAD")? else { return Ok(None) };
        let commit = self.describe(&head)?;
        let [before] = &commit.parents[..] else { return Ok(None) };
        let refs = self.remote_refs(remote)?;
        if refs.branch(branch) != Some(before) {
            return Ok(None);
        }
        let mut tags = self.tags_at(&head)?;
        tags.retain(|tag| tag.is_annotated() && refs.tag(&tag.name).is_none());
        Ok(Some(Unpushed { before: before.clone(), commit, tags }))
    }
}
