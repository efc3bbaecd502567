//! An image update: which image, from what to what, and why; holds; write-back edits.
