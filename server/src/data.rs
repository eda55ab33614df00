//! The data folder: the master key, the database, and what the county is called.

use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use app::{Site, TextSize};
use store::{County, MasterKey, Store, StoreError, StoreLocation};

/// The settings row that holds the site's name, sponsor and telephone.
const SITE: &str = "site";
const KEY_FILE: &str = "master.key";
const NEXT_KEY_FILE: &str = "master.key.next";
const LOCK_FILE: &str = "huiyin.lock";
const DATABASE_FILE: &str = "huiyin.sqlite";

/// An opened installation.
#[derive(Clone)]
pub struct Data {
    pub store: Store,
    pub county: County,
    /// As everybody sees it; the text size is each person's own.
    pub site: Arc<Site>,
    /// Where the public reaches this server, as `https://host`; what is printed begins with it.
    pub public_url: Option<Arc<str>>,
    /// Which master key this server has, by the name on its recovery sheet.
    pub key_name: Option<Arc<str>>,
}

/// Where an installation lives.
#[derive(Clone, Debug)]
pub struct Place {
    pub folder: PathBuf,
    pub database_url: Option<String>,
}

/// How a command uses the data folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Like a server: several at once.
    Shared,
    /// Alone: what it changes would break a running server.
    Alone,
}

/// The data folder is in use for as long as this lives.
pub struct InUse(#[expect(dead_code, reason = "the lock ends when the file is closed")] fs::File);

impl Place {
    pub fn key_file(&self) -> PathBuf {
        self.folder.join(KEY_FILE)
    }

    /// Where a new master key waits while everything is wrapped under it.
    fn next_key_file(&self) -> PathBuf {
        self.folder.join(NEXT_KEY_FILE)
    }

    /// Where everything is.
    pub fn location(&self) -> StoreLocation {
        match &self.database_url {
            Some(url) => StoreLocation::Postgres(url.clone()),
            None => StoreLocation::Sqlite(self.folder.join(DATABASE_FILE)),
        }
    }

    /// Whether there is neither key nor database file yet.
    pub fn is_new(&self) -> bool {
        !self.key_file().exists() && !self.folder.join(DATABASE_FILE).exists()
    }

    /// # Errors
    /// Somebody else uses the folder in a way that does not go together with this one.
    pub fn lock(&self, by: Use) -> Result<InUse> {
        self.make_folder()?;
        let path = self.folder.join(LOCK_FILE);
        let file = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .with_context(|| format!("opening {}", path.display()))?;
        let taken = match by {
            Use::Shared => file.try_lock_shared(),
            Use::Alone => file.try_lock(),
        };
        match taken {
            Ok(()) => Ok(InUse(file)),
            Err(fs::TryLockError::WouldBlock) => bail!(
                "{} is in use: stop the server that runs on it first",
                self.folder.display()
            ),
            Err(fs::TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("locking {}", path.display()))
            }
        }
    }

    fn make_folder(&self) -> Result<()> {
        // Names and counts in the database are not sealed: nobody else on the machine looks in.
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)
            .with_context(|| format!("creating {}", self.folder.display()))
    }

    /// Opens the database, making folder and master key when there are none.
    pub async fn open_store(&self) -> Result<Store> {
        self.make_folder()?;
        let (key, database) = (self.key_file(), self.folder.join(DATABASE_FILE));
        if database.exists() && !key.exists() {
            bail!(
                "{} is missing: without it {} cannot be read. Restore it from the recovery sheet",
                key.display(),
                database.display()
            );
        }
        let fresh = !key.exists();
        if fresh {
            write_key(&key, &MasterKey::generate()?)?;
        }
        let opened = Store::open(&self.location(), &read_key(&key)?).await;
        match opened {
            Err(StoreError::WrongKey) if fresh => {
                fs::remove_file(&key)?;
                bail!(
                    "{} is missing: the database was made with it and cannot be read without it",
                    key.display()
                )
            }
            Err(StoreError::WrongKey) if self.next_key_file().exists() => {
                self.finish_rotation().await
            }
            opened => opened.context("opening the database"),
        }
    }

    /// A rotation that was cut between its commit and the new key's name.
    async fn finish_rotation(&self) -> Result<Store> {
        let next = read_key(&self.next_key_file())?;
        let store = Store::open(&self.location(), &next)
            .await
            .context("opening the database")?;
        fs::rename(self.next_key_file(), self.key_file())?;
        Ok(store)
    }

    /// The key this installation opens its database with.
    pub fn master_key(&self) -> Result<MasterKey> {
        read_key(&self.key_file())
    }

    /// Keeps a key that came from a recovery sheet.
    pub fn keep_key(&self, key: &MasterKey) -> Result<()> {
        self.make_folder()?;
        write_key(&self.key_file(), key)
    }

    /// Wraps everything under a new master key. At every moment one of the two files opens the
    /// database.
    pub async fn rotate(&self, store: &Store) -> Result<u64> {
        let (next_file, next) = (self.next_key_file(), MasterKey::generate()?);
        // Left by a rotation that never committed: the database still opens with the old key.
        if next_file.exists() {
            fs::remove_file(&next_file)?;
        }
        write_key(&next_file, &next)?;
        let keys = store.rotate_master_key(&next).await?;
        fs::rename(next_file, self.key_file())?;
        Ok(keys)
    }

    /// Opens an installation that was set up before.
    pub async fn open(&self) -> Result<Option<Data>> {
        let store = self.open_store().await?;
        let Some(county) = store.counties().await?.into_iter().next() else {
            store.close().await;
            return Ok(None);
        };
        Data::of(store, county).await.map(Some)
    }

    /// Opens an installation for a command that makes none.
    ///
    /// # Errors
    /// There is none here.
    pub async fn open_existing(&self) -> Result<Data> {
        let nothing = || {
            format!(
                "{} holds no county yet: run `huiyin init`",
                self.folder.display()
            )
        };
        if self.database_url.is_none() && self.is_new() {
            bail!(nothing());
        }
        self.open().await?.with_context(nothing)
    }
}

impl Data {
    /// The installation of a county in an open database.
    pub async fn of(store: Store, county: County) -> Result<Self> {
        let Some(site) = store.setting(county, SITE).await? else {
            bail!("{county} has no name: run `huiyin init`")
        };
        let site = serde_json::from_str(&site).context("reading the county's settings")?;
        Ok(Self {
            store,
            county,
            site: Arc::new(site),
            public_url: None,
            key_name: None,
        })
    }

    /// The site as it looks in a text size.
    pub fn site_in(&self, text_size: TextSize) -> Site {
        Site {
            text_size,
            ..(*self.site).clone()
        }
    }

    /// Gives a county its name, sponsor and telephone.
    pub async fn name_county(store: &Store, county: County, site: &Site) -> Result<()> {
        store
            .save_setting(county, SITE, &serde_json::to_string(site)?)
            .await?;
        Ok(())
    }
}

fn read_key(path: &Path) -> Result<MasterKey> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let bytes = bytes
        .try_into()
        .ok()
        .with_context(|| format!("{} is not a master key", path.display()))?;
    Ok(MasterKey::from_bytes(bytes))
}

/// 32 bytes that only this account may read. Without them nothing in the database can be read, so
/// they are on the disk before anything is sealed with them.
fn write_key(path: &Path, key: &MasterKey) -> Result<()> {
    let file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let written = file.and_then(|mut file| {
        file.write_all(key.expose())?;
        file.sync_all()
    });
    written.with_context(|| format!("writing {}", path.display()))
}
