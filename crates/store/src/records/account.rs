//! Officials' accounts.

use std::fmt;

use futures_util::FutureExt as _;
use uuid::Uuid;

use super::{Token, write};
use crate::crypto::{Keyring, Label, open, seal};
use crate::sql::{PerDialect, for_update};
use crate::{County, Lane, Row, Store, StoreError, Timestamp, Value, args};

const LINK: &str = "account link";
macro_rules! select {
    ($filter:literal) => {
        concat!(
            "SELECT account_id, county, name, title, portfolio, unit_id, level, roles,
             password_hash, totp_secret, status, created_at FROM account WHERE ",
            $filter
        )
    };
}
const BY_ID: &str = select!("account_id = $1");
const BY_NAME: &str = select!("county = $1 AND name = $2");
const ALL: &str = select!("county = $1 ORDER BY name");
const SAVE: &str = "INSERT INTO account
  (account_id, county, name, title, portfolio, unit_id, level, roles, password_hash, totp_secret,
   status, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, title = excluded.title,
  portfolio = excluded.portfolio, unit_id = excluded.unit_id, level = excluded.level,
  roles = excluded.roles, password_hash = excluded.password_hash,
  totp_secret = excluded.totp_secret, status = excluded.status";
/// Two administrators who end each other's accounts wait here for one another.
const LOCK_ALL: PerDialect = for_update!(
    "SELECT account_id, roles, status FROM account WHERE county = $1 ORDER BY account_id"
);
const USE_STEP: &str = "UPDATE account SET totp_last_step = $2
  WHERE account_id = $1 AND totp_last_step < $2";
const ISSUE_LINK: &str = "UPDATE account SET link_hash = $2, link_expires_at = $3
  WHERE account_id = $1";
const BY_LINK: &str = "SELECT account_id FROM account
  WHERE link_hash = $1 AND link_expires_at > $2";
const USE_LINK: &str = "UPDATE account SET link_hash = NULL, link_expires_at = NULL
  WHERE link_hash = $1 AND link_expires_at > $2";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// Created, but its one-time link has not been used.
    Invited,
    Active,
    Disabled,
}

/// `Debug` shows neither the password's hash nor the TOTP secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    pub county: County,
    /// What is typed to sign in; unique within the county.
    pub name: String,
    pub title: String,
    /// What a leader is responsible for (分管领域).
    pub portfolio: String,
    pub unit_id: Option<Uuid>,
    /// The domain's word for the level, such as `county` or `township`.
    pub level: String,
    /// The roles as a JSON list of the domain's words.
    pub roles: String,
    /// An Argon2id hash in PHC form.
    pub password_hash: Option<String>,
    /// In the clear here, sealed in the database.
    pub totp_secret: Option<Vec<u8>>,
    pub status: AccountStatus,
    pub created_at: Timestamp,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            county,
            name,
            status,
            ..
        } = self;
        write!(f, "Account({id}, {county}, {name}, {status:?})")
    }
}

impl AccountStatus {
    fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    fn parse(text: &str) -> Result<Self, StoreError> {
        match text {
            "invited" => Ok(Self::Invited),
            "active" => Ok(Self::Active),
            "disabled" => Ok(Self::Disabled),
            _ => Err(StoreError::corrupt("an account's status")),
        }
    }
}

impl Store {
    /// Makes the account or changes it as a whole.
    pub async fn save_account(&self, account: &Account) -> Result<(), StoreError> {
        let args = self.saved(account)?;
        write::one(self, SAVE, args).await.map(drop)
    }

    /// As [`Store::save_account`], unless no active account with `role` (the domain's word) would
    /// be left; then nothing is changed and the answer is `false`.
    pub async fn save_account_keeping(
        &self,
        account: &Account,
        role: &str,
    ) -> Result<bool, StoreError> {
        let saved = self.saved(account)?;
        let stays = account.status == AccountStatus::Active && has_role(&account.roles, role)?;
        let (county, id, role) = (account.county, account.id, role.to_owned());
        self.execute(Lane(id), move |tx| {
            let (saved, role) = (saved.clone(), role.clone());
            async move {
                let others = tx.fetch_writing(LOCK_ALL, args![county]).await?;
                let mut remains = stays;
                for other in others {
                    let active = other.text(2)? == AccountStatus::Active.as_str();
                    remains |= other.id(0)? != id && active && has_role(other.text(1)?, &role)?;
                }
                if remains {
                    tx.run(SAVE, saved).await?;
                }
                Ok(remains)
            }
            .boxed()
        })
        .await
    }

    fn saved(&self, account: &Account) -> Result<Vec<Value>, StoreError> {
        let secret = match &account.totp_secret {
            Some(plain) => Some(seal(self.keyring.technical(), &label(account.id), plain)?),
            None => None,
        };
        Ok(args![
            account.id,
            account.county,
            &account.name,
            &account.title,
            &account.portfolio,
            account.unit_id,
            &account.level,
            &account.roles,
            account.password_hash.clone(),
            secret,
            account.status.as_str(),
            account.created_at,
        ])
    }

    pub async fn account(&self, id: Uuid) -> Result<Option<Account>, StoreError> {
        let row = self.read().await?.fetch_optional(BY_ID, args![id]).await?;
        row.map(|row| from_row(&row, &self.keyring)).transpose()
    }

    pub async fn account_by_name(
        &self,
        county: County,
        name: &str,
    ) -> Result<Option<Account>, StoreError> {
        let row = self
            .read()
            .await?
            .fetch_optional(BY_NAME, args![county, name])
            .await?;
        row.map(|row| from_row(&row, &self.keyring)).transpose()
    }

    pub async fn accounts(&self, county: County) -> Result<Vec<Account>, StoreError> {
        let rows = self.read().await?.fetch(ALL, args![county]).await?;
        rows.iter()
            .map(|row| from_row(row, &self.keyring))
            .collect()
    }

    /// Uses a TOTP time step once: a code that was overheard does not work again.
    pub async fn use_totp_step(&self, id: Uuid, step: u64) -> Result<bool, StoreError> {
        Ok(write::one(self, USE_STEP, args![id, step]).await? == 1)
    }

    /// A link with which the account's holder sets password and second factor. Ends the one before.
    pub async fn issue_account_link(
        &self,
        id: Uuid,
        expires_at: Timestamp,
    ) -> Result<Token, StoreError> {
        let token = Token::generate()?;
        let digest = token.digest(&self.keyring, LINK);
        match write::one(self, ISSUE_LINK, args![id, digest, expires_at]).await? {
            1 => Ok(token),
            _ => Err(StoreError::corrupt(
                "a link for an account that does not exist",
            )),
        }
    }

    /// Whose link this is, as long as it is neither used nor expired.
    pub async fn account_of_link(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<Uuid>, StoreError> {
        let args = args![token.digest(&self.keyring, LINK), now];
        let row = self.read().await?.fetch_optional(BY_LINK, args).await?;
        row.map(|row| row.id(0)).transpose()
    }

    /// Ends the link; `false` when somebody was faster.
    pub async fn use_account_link(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let args = args![token.digest(&self.keyring, LINK), now];
        Ok(write::one(self, USE_LINK, args).await? == 1)
    }
}

fn from_row(row: &Row, keyring: &Keyring) -> Result<Account, StoreError> {
    let id = row.id(0)?;
    let totp_secret = match row.maybe_bytes(9)? {
        Some(sealed) => Some(open(keyring.technical(), &label(id), sealed)?),
        None => None,
    };
    Ok(Account {
        id,
        county: row.county(1)?,
        name: row.text(2)?.to_owned(),
        title: row.text(3)?.to_owned(),
        portfolio: row.text(4)?.to_owned(),
        unit_id: row.maybe_id(5)?,
        level: row.text(6)?.to_owned(),
        roles: row.text(7)?.to_owned(),
        password_hash: row.maybe_text(8)?.map(str::to_owned),
        totp_secret,
        status: AccountStatus::parse(row.text(10)?)?,
        created_at: row.timestamp(11)?,
    })
}

fn has_role(roles: &str, role: &str) -> Result<bool, StoreError> {
    let roles: Vec<String> =
        serde_json::from_str(roles).map_err(|_| StoreError::corrupt("an account's roles"))?;
    Ok(roles.iter().any(|known| known == role))
}

fn label(id: Uuid) -> Label {
    Label::of(&[b"account totp", id.as_bytes()])
}
