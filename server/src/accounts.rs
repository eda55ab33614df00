//! Officials' accounts: a password (Argon2id), a one-time code (RFC 6238) and a session kept here.

mod factors;

use std::{net::IpAddr, time::Duration};

use anyhow::{Context, Result};
use app::qr;
use chrono::{DateTime, Utc};
use domain::{
    actor::{Official, Role, SealedReader},
    form::{LEVELS, NamedAccount, ROLES, value_of},
    ids::{OfficialId, SignInId, UnitId},
    text::PersonName,
};
use store::{
    County, Store, StoreError, Timestamp,
    records::{Account, AccountStatus, Attempt, AttemptLimits, SessionLimits, Token},
};
use sync::view;
use uuid::Uuid;

use crate::data::Data;
use factors::{blocking, seconds, step_of, totp, verified};
pub use factors::{fresh_secret, hashed};

/// An hour without a page, twelve in all: a reception day without a second sign-in, and no
/// tablet that stays open over night.
pub const SESSION: SessionLimits = SessionLimits {
    idle: Duration::from_secs(3600),
    absolute: Duration::from_secs(12 * 3600),
};
/// Five wrong tries for one name from one address in a quarter of an hour: whoever tries from
/// elsewhere does not keep its holder out. Citizens' budget is not touched.
const LIMITS: AttemptLimits = AttemptLimits {
    failures: 5,
    window: Duration::from_secs(15 * 60),
    county_per_day: None,
};
/// For one name from everywhere: many machines together do not guess much faster than one.
const LIMITS_OF_NAME: AttemptLimits = AttemptLimits {
    failures: 15,
    ..LIMITS
};
/// A new account's link.
const LINK: Duration = Duration::from_secs(72 * 3600);
/// Characters of a password at least.
const PASSWORD: usize = 10;

/// What came of a sign-in.
pub enum SignIn {
    In(Token),
    /// Unknown name, wrong password and wrong code answer alike.
    Wrong,
    Slow,
}

/// What was typed at the door.
pub struct Typed<'t> {
    pub name: &'t str,
    pub password: &'t str,
    pub code: &'t str,
    /// Where it was typed, as far as that is known.
    pub from: Option<IpAddr>,
}

/// What came of changing an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    Done,
    /// Nobody else could manage accounts: nothing was changed.
    LastAdministrator,
    /// Somebody else has this name.
    NameTaken,
}

/// What came of using a one-time link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolled {
    Done,
    PasswordShort,
    CodeWrong,
    LinkEnded,
}

/// Counts the try before it is evaluated; a one-time code that was used does not work again.
pub async fn sign_in(
    data: &Data,
    typed: &Typed<'_>,
    now: DateTime<Utc>,
) -> Result<SignIn, StoreError> {
    let (store, county) = (&data.store, data.county);
    let name = typed.name.trim();
    let from = typed.from.map_or_else(String::new, |from| from.to_string());
    let subjects = [
        (format!("sign-in {name} from {from}"), LIMITS),
        (format!("sign-in {name}"), LIMITS_OF_NAME),
    ];
    for (subject, limits) in &subjects {
        let begun = store.begin_attempt(county, subject, *limits, now.into());
        if begun.await? != Attempt::Allowed {
            return Ok(SignIn::Slow);
        }
    }
    let account = store.account_by_name(county, name).await?;
    let account = account.filter(|account| account.status == AccountStatus::Active);
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let right = verified(typed.password.to_owned(), hash).await;
    let secret = account
        .as_ref()
        .and_then(|account| account.totp_secret.as_deref());
    let step = secret.and_then(|secret| step_of(secret, typed.code, now));
    let (Some(account), true, Some(step)) = (&account, right, step) else {
        return Ok(SignIn::Wrong);
    };
    if !store.use_totp_step(account.id, step).await? {
        return Ok(SignIn::Wrong);
    }
    for (subject, limits) in &subjects {
        let forgiven = store.forgive_attempt(county, subject, *limits, now.into());
        forgiven.await?;
    }
    let token = store.create_session(account.id, SESSION, now.into());
    Ok(SignIn::In(token.await?))
}

/// Whose session this is, with what they may do today: a role that was taken away is gone at once.
pub async fn official(
    data: &Data,
    token: &Token,
    now: DateTime<Utc>,
) -> Result<Option<Official>, StoreError> {
    let Some(session) = data.store.session(token, SESSION, now.into()).await? else {
        return Ok(None);
    };
    let account = data.store.account(session.account_id).await?;
    let account = account
        .filter(|account| account.status == AccountStatus::Active && account.county == data.county);
    let Some(account) = account else {
        return Ok(None);
    };
    let sealed = data.store.setting(data.county, "sealed_readers").await?;
    let sealed: Vec<OfficialId> = match sealed {
        Some(json) => read(&json, "the sealed matters' readers")?,
        None => Vec::new(),
    };
    let id = OfficialId(account.id);
    Ok(Some(Official {
        id,
        name: PersonName::parse(&account.name).map_err(|_| corrupt("an account's name"))?,
        unit: UnitId(account.unit_id.unwrap_or_default()),
        roles: roles(&account)?,
        sealed_reader: if sealed.contains(&id) {
            SealedReader::Yes
        } else {
            SealedReader::No
        },
        sign_in: SignInId(token.sign_in_id()),
    }))
}

/// The official as their own screens show them.
pub async fn me(data: &Data, official: &Official) -> Result<view::Me, StoreError> {
    let units = data.store.units(data.county).await?;
    let unit = units.into_iter().find(|unit| unit.id == official.unit.0);
    Ok(view::Me {
        id: official.id,
        name: official.name.clone(),
        unit: unit.map(|unit| unit.name).unwrap_or_default(),
        roles: official.roles.clone(),
        sign_in: official.sign_in,
    })
}

/// Makes an account and the link with which its holder opens it, once.
/// None when somebody has the name already.
pub async fn invite(
    store: &Store,
    county: County,
    new: &NamedAccount,
    now: DateTime<Utc>,
) -> Result<Option<(OfficialId, Token)>, StoreError> {
    if is_taken(store, county, new.name.as_str(), None).await? {
        return Ok(None);
    }
    let id = OfficialId(Uuid::now_v7());
    let account = Account {
        id: id.0,
        county,
        name: String::new(),
        title: String::new(),
        portfolio: String::new(),
        unit_id: None,
        level: String::new(),
        roles: String::new(),
        password_hash: None,
        totp_secret: Some(fresh_secret().map_err(|_| corrupt("randomness"))?),
        status: AccountStatus::Invited,
        created_at: now.into(),
    };
    store.save_account(&named(account, new)?).await?;
    let link = store.issue_account_link(id.0, ends(now)).await?;
    Ok(Some((id, link)))
}

/// Changes what an account says and may do; a role that is taken away is gone at the next request.
pub async fn change(
    store: &Store,
    account: Account,
    new: &NamedAccount,
) -> Result<Changed, StoreError> {
    let (county, id) = (account.county, account.id);
    if is_taken(store, county, new.name.as_str(), Some(id)).await? {
        return Ok(Changed::NameTaken);
    }
    keep(store, &named(account, new)?).await
}

/// Lets the holder of an account set password and one-time code anew. The old ones end, and every
/// session. None when nobody else could manage accounts meanwhile.
pub async fn renew(
    store: &Store,
    account: Account,
    now: DateTime<Utc>,
) -> Result<Option<Token>, StoreError> {
    let account = unopened(account)?;
    match keep(store, &account).await? {
        Changed::Done => link_anew(store, &account, now).await.map(Some),
        _ => Ok(None),
    }
}

/// As [`renew`], for whoever runs the server: the last administrator too may lose an authenticator.
pub async fn recover(
    store: &Store,
    account: Account,
    now: DateTime<Utc>,
) -> Result<Token, StoreError> {
    let account = unopened(account)?;
    store.save_account(&account).await?;
    link_anew(store, &account, now).await
}

fn unopened(account: Account) -> Result<Account, StoreError> {
    Ok(Account {
        password_hash: None,
        totp_secret: Some(fresh_secret().map_err(|_| corrupt("randomness"))?),
        status: AccountStatus::Invited,
        ..account
    })
}

async fn link_anew(
    store: &Store,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<Token, StoreError> {
    store.revoke_sessions_of(account.id, now.into()).await?;
    store.issue_account_link(account.id, ends(now)).await
}

/// Ends an account, every session of it, and its tablets: they are lost.
pub async fn disable(
    store: &Store,
    mut account: Account,
    now: DateTime<Utc>,
) -> Result<Changed, StoreError> {
    account.status = AccountStatus::Disabled;
    let changed = keep(store, &account).await?;
    if changed == Changed::Done {
        store.revoke_sessions_of(account.id, now.into()).await?;
        store.lose_tablets_of(account.id, now.into()).await?;
    }
    Ok(changed)
}

/// Lets an account that was ended sign in again, with the password and second factor it had.
pub async fn enable(store: &Store, mut account: Account) -> Result<(), StoreError> {
    account.status = match account.password_hash {
        Some(_) => AccountStatus::Active,
        None => AccountStatus::Invited,
    };
    store.save_account(&account).await
}

/// An account by its name.
///
/// # Errors
/// There is none, or the database does not answer.
pub async fn by_name(store: &Store, county: County, name: &str) -> Result<Account> {
    let account = store.account_by_name(county, name).await?;
    account.with_context(|| format!("there is no account named {name}"))
}

async fn keep(store: &Store, account: &Account) -> Result<Changed, StoreError> {
    let role = value_of(&ROLES, &Role::Administrator);
    Ok(match store.save_account_keeping(account, role).await? {
        true => Changed::Done,
        false => Changed::LastAdministrator,
    })
}

async fn is_taken(
    store: &Store,
    county: County,
    name: &str,
    except: Option<Uuid>,
) -> Result<bool, StoreError> {
    let known = store.account_by_name(county, name).await?;
    Ok(known.is_some_and(|known| Some(known.id) != except))
}

fn named(account: Account, new: &NamedAccount) -> Result<Account, StoreError> {
    let portfolio = new.portfolio.as_ref();
    Ok(Account {
        name: new.name.as_str().to_owned(),
        title: new.title.as_str().to_owned(),
        portfolio: portfolio.map(ToString::to_string).unwrap_or_default(),
        unit_id: Some(new.unit.0),
        level: value_of(&LEVELS, &new.level).to_owned(),
        roles: serde_json::to_string(&new.roles).map_err(|_| corrupt("an account's roles"))?,
        ..account
    })
}

/// What the holder of a one-time link takes into an authenticator.
pub async fn enrolment(
    data: &Data,
    link: &str,
    now: DateTime<Utc>,
) -> Result<Option<view::Enrolment>, StoreError> {
    let Some((account, secret)) = invited(data, link, now).await? else {
        return Ok(None);
    };
    let totp = totp(&account.name, secret)?;
    let (qr_path, qr_size) =
        qr::drawn(&totp.get_url()).ok_or_else(|| corrupt("a name too long for a QR code"))?;
    Ok(Some(view::Enrolment {
        name: PersonName::parse(&account.name).map_err(|_| corrupt("an account's name"))?,
        key: totp.get_secret_base32(),
        qr_path,
        qr_size,
    }))
}

/// Sets the password once the authenticator shows the right code. Ends the link.
pub async fn enrol(
    data: &Data,
    link: &str,
    password: &str,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Enrolled, StoreError> {
    let Some((mut account, secret)) = invited(data, link, now).await? else {
        return Ok(Enrolled::LinkEnded);
    };
    if password.chars().count() < PASSWORD {
        return Ok(Enrolled::PasswordShort);
    }
    if step_of(&secret, code, now).is_none() {
        return Ok(Enrolled::CodeWrong);
    }
    let token = Token::parse(link).ok_or_else(|| corrupt("a link"))?;
    let password = password.to_owned();
    let hash = blocking(move || hashed(&password)).await?;
    if !data.store.use_account_link(&token, now.into()).await? {
        return Ok(Enrolled::LinkEnded);
    }
    account.password_hash = Some(hash);
    account.status = AccountStatus::Active;
    data.store.save_account(&account).await?;
    Ok(Enrolled::Done)
}

/// The one-time code an account's authenticator shows now.
///
/// # Errors
/// There is no such account with a second factor, or the database does not answer.
pub async fn current_code(
    store: &Store,
    county: County,
    name: &str,
    now: DateTime<Utc>,
) -> Result<String> {
    let account = store.account_by_name(county, name).await?;
    let account = account.with_context(|| format!("there is no account named {name}"))?;
    let secret = account
        .totp_secret
        .with_context(|| format!("{name} has no second factor yet"))?;
    Ok(totp(name, secret)?.generate(seconds(now)))
}

async fn invited(
    data: &Data,
    link: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Account, Vec<u8>)>, StoreError> {
    let Some(token) = Token::parse(link) else {
        return Ok(None);
    };
    let Some(id) = data.store.account_of_link(&token, now.into()).await? else {
        return Ok(None);
    };
    let account = data.store.account(id).await?;
    let account = account.filter(|account| {
        account.status == AccountStatus::Invited && account.county == data.county
    });
    Ok(account.and_then(|account| {
        let secret = account.totp_secret.clone()?;
        Some((account, secret))
    }))
}

/// What an account may do.
///
/// # Errors
/// The list cannot be read.
pub fn roles(account: &Account) -> Result<Vec<Role>, StoreError> {
    read(&account.roles, "an account's roles")
}

fn read<T: serde::de::DeserializeOwned>(json: &str, what: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|_| corrupt(what))
}

fn ends(now: DateTime<Utc>) -> Timestamp {
    Timestamp::from(now).plus(LINK)
}

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt {
        what: what.to_owned(),
    }
}
