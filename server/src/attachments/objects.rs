//! The object store: a folder, or what `object_store` speaks with. It sees sealed bytes only, under
//! names that say nothing.

use std::{os::unix::fs::DirBuilderExt, path::Path, sync::Arc};

use anyhow::{Context, Result};
use futures_util::TryStreamExt as _;
use object_store::{
    Error, ObjectStore, ObjectStoreExt as _, PutPayload, local::LocalFileSystem, path::Path as Name,
};
use store::StoreError;

/// Cheap to clone.
#[derive(Clone)]
pub struct Objects(Arc<dyn ObjectStore>);

/// Why an object was not stored or found.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    #[error("the disk of the attachments is full")]
    Full,
    #[error("an attachment's object is missing")]
    Missing,
    #[error("the store of the attachments does not answer: {0}")]
    Unavailable(String),
}

/// How an S3-compatible store is reached.
#[derive(Clone, Debug, Default)]
pub struct S3 {
    /// None for Amazon's own.
    pub endpoint: Option<String>,
    pub region: String,
    pub key_id: String,
    pub secret: String,
}

impl Objects {
    /// A bucket of an S3-compatible store, and the folder in it: `bucket/folder`.
    ///
    /// # Errors
    /// What is wrong with the settings. Whether the store answers is not asked.
    #[cfg(feature = "s3")]
    pub fn in_bucket(at: &str, s3: &S3) -> Result<Self> {
        use object_store::{RetryConfig, aws::AmazonS3Builder, prefix::PrefixStore};
        // The first of a process counts; one that is there already is ours too.
        _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let (bucket, folder) = at.split_once('/').unwrap_or((at, ""));
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(&s3.region)
            .with_access_key_id(&s3.key_id)
            .with_secret_access_key(&s3.secret)
            // A phone waits for the answer.
            .with_retry(RetryConfig {
                max_retries: 3,
                retry_timeout: std::time::Duration::from_secs(10),
                ..RetryConfig::default()
            });
        if let Some(endpoint) = &s3.endpoint {
            builder = builder
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"));
        }
        let store = builder
            .build()
            .with_context(|| format!("the bucket {bucket}"))?;
        Ok(Self(Arc::new(PrefixStore::new(store, folder))))
    }

    /// # Errors
    /// Always: this program was built without it.
    #[cfg(not(feature = "s3"))]
    pub fn in_bucket(_at: &str, _s3: &S3) -> Result<Self> {
        anyhow::bail!(
            "this program was built without S3: build it with `--features server/s3`, or name a \
             folder in `attachments`"
        )
    }

    /// A folder, made when it is missing. What is put into it is on the disk when that returns.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn in_folder(folder: &Path) -> Result<Self> {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .with_context(|| format!("creating {}", folder.display()))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .with_context(|| format!("opening {}", folder.display()))?
            .with_fsync(true)
            .with_automatic_cleanup(true);
        Ok(Self(Arc::new(store)))
    }

    /// # Errors
    /// [`Failed::Full`], or why it is not known to be stored.
    pub async fn put(&self, name: &str, sealed: Vec<u8>) -> Result<(), Failed> {
        let (name, sealed) = (Name::from(name), PutPayload::from(sealed));
        let put = self.0.put(&name, sealed).await;
        put.map(drop).map_err(failed)
    }

    /// # Errors
    /// [`Failed::Missing`], or why it cannot be read.
    pub async fn get(&self, name: &str) -> Result<Vec<u8>, Failed> {
        let found = self.0.get(&Name::from(name)).await.map_err(failed)?;
        let bytes = found.bytes().await.map_err(failed)?;
        Ok(bytes.into())
    }

    /// Removes everything below a name, but for one object.
    ///
    /// # Errors
    /// Why something may still be there.
    pub async fn clear(&self, below: &str, but: Option<&str>) -> Result<(), Failed> {
        let below = Name::from(below);
        let names: Vec<Name> = self
            .0
            .list(Some(&below))
            .map_ok(|object| object.location)
            .try_collect()
            .await
            .map_err(failed)?;
        for name in names.iter().filter(|name| Some(name.as_ref()) != but) {
            self.remove(name.as_ref()).await?;
        }
        Ok(())
    }

    /// Removes one object; one that is gone already is no mistake.
    ///
    /// # Errors
    /// Why it may still be there.
    pub async fn remove(&self, name: &str) -> Result<(), Failed> {
        match self.0.delete(&Name::from(name)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the end of many a map_err")]
fn failed(error: Error) -> Failed {
    if matches!(error, Error::NotFound { .. }) {
        return Failed::Missing;
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::StorageFull) {
            return Failed::Full;
        }
        cause = error.source();
    }
    Failed::Unavailable(error.to_string())
}

impl From<Failed> for StoreError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Full => Self::DiskFull,
            Failed::Missing => Self::Corrupt {
                what: failed.to_string(),
            },
            Failed::Unavailable(reason) => Self::Unavailable { reason },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind};

    use super::*;

    fn of(kind: ErrorKind) -> Failed {
        failed(Error::Generic {
            store: "LocalFileSystem",
            source: Box::new(io::Error::from(kind)),
        })
    }

    #[test]
    fn a_full_disk_is_told_from_a_store_that_does_not_answer() {
        assert_eq!(of(ErrorKind::StorageFull), Failed::Full);
        assert!(matches!(of(ErrorKind::TimedOut), Failed::Unavailable(_)));
    }

    #[tokio::test]
    async fn what_is_cleared_is_gone_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let objects = Objects::in_folder(folder.path()).unwrap();
        for name in ["a/b/1", "a/b/2", "a/bc/3"] {
            objects.put(name, name.as_bytes().to_vec()).await.unwrap();
        }
        objects.clear("a/b", Some("a/b/2")).await.unwrap();
        assert_eq!(objects.get("a/b/1").await, Err(Failed::Missing));
        assert_eq!(objects.get("a/b/2").await.unwrap(), b"a/b/2");
        assert_eq!(objects.get("a/bc/3").await.unwrap(), b"a/bc/3");
        objects.remove("a/b/1").await.unwrap();
    }
}
