//! The data folder: the master key, the database, and what the county is called.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use app::Site;
use store::{County, MasterKey, Store, StoreLocation};

/// The settings row that holds the site's name, sponsor and telephone.
const SITE: &str = "site";
const KEY_FILE: &str = "master.key";
const DATABASE_FILE: &str = "huiyin.sqlite";

/// An opened installation.
#[derive(Clone)]
pub struct Data {
    pub store: Store,
    pub county: County,
    /// As everybody sees it; the text size is each person's own.
    pub site: Arc<Site>,
}

/// Where an installation lives.
#[derive(Clone, Debug)]
pub struct Place {
    pub folder: PathBuf,
    pub database_url: Option<String>,
}

impl Place {
    /// Opens the database, making folder and master key when there are none.
    pub async fn open_store(&self) -> Result<Store> {
        fs::create_dir_all(&self.folder)
            .with_context(|| format!("creating {}", self.folder.display()))?;
        let (key, database) = (self.folder.join(KEY_FILE), self.folder.join(DATABASE_FILE));
        if database.exists() && !key.exists() {
            bail!(
                "{} is missing: without it {} cannot be read",
                key.display(),
                database.display()
            );
        }
        let master = master_key(&key)?;
        let location = match &self.database_url {
            Some(url) => StoreLocation::Postgres(url.clone()),
            None => StoreLocation::Sqlite(self.folder.join(DATABASE_FILE)),
        };
        Store::open(&location, &master)
            .await
            .context("opening the database")
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
        })
    }

    /// Gives a county its name, sponsor and telephone.
    pub async fn name_county(store: &Store, county: County, site: &Site) -> Result<()> {
        store
            .save_setting(county, SITE, &serde_json::to_string(site)?)
            .await?;
        Ok(())
    }
}

/// 32 bytes that only this account may read. Without them nothing in the database can be read.
fn master_key(path: &Path) -> Result<MasterKey> {
    match fs::read(path) {
        Ok(bytes) => {
            let bytes = bytes
                .try_into()
                .ok()
                .with_context(|| format!("{} is not a master key", path.display()))?;
            Ok(MasterKey::from_bytes(bytes))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = MasterKey::generate()?;
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)?;
            file.write_all(key.expose())?;
            file.sync_all()?;
            Ok(key)
        }
        Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
    }
}
