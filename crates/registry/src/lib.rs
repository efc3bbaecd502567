//! Image stores: the OCI image layout on disk; assembling an image.
