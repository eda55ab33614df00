//! The accounts of the invented officials. One password for all; the second factors are random,
//! and `huiyin demo code NAME` shows what an authenticator would.

use std::fmt;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use domain::actor::Actor;
use store::records::{Account, AccountStatus, Unit};

use super::{Demo, actors, county};
use crate::accounts;

const PASSWORD: &str = "huiyin-demo";

/// Units and accounts, before anybody acts.
pub(super) async fn open(demo: &Demo<'_>, now: DateTime<Utc>) -> Result<()> {
    let units = actors::UNITS.map(|(id, name)| Unit {
        id: id.0,
        county: county(),
        name: name.to_owned(),
        kind: "department".to_owned(),
        division: None,
        phone: None,
    });
    demo.store.save_units(&units).await?;
    // The same hash for all: a demonstration's password is no secret.
    let hash = accounts::hashed(PASSWORD)?;
    for (actor, title) in actors::all()? {
        let Actor::Official(official) = actor else {
            continue;
        };
        let account = Account {
            id: official.id.0,
            county: county(),
            name: official.name.as_str().to_owned(),
            title: title.to_owned(),
            portfolio: String::new(),
            unit_id: Some(official.unit.0),
            level: "county".to_owned(),
            roles: serde_json::to_string(&official.roles).context("writing roles")?,
            password_hash: Some(hash.clone()),
            totp_secret: Some(accounts::fresh_secret()?),
            status: AccountStatus::Active,
            created_at: now.into(),
        };
        demo.store.save_account(&account).await?;
    }
    Ok(())
}

/// How to sign in, for people who look around.
pub(super) struct Logins;

impl fmt::Display for Logins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "工作人员 Officials: /330726/office/sign-in  密码 password {PASSWORD}  动态码 one-time code: huiyin demo code NAME"
        )?;
        for (actor, title) in actors::all().map_err(|_| fmt::Error)? {
            if let Actor::Official(official) = actor {
                writeln!(f, "  {}  {title}", official.name.as_str())?;
            }
        }
        Ok(())
    }
}
