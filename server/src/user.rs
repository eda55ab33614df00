//! `huiyin user`: officials' accounts from the command line, the first one above all.

use anyhow::{Result, anyhow, bail};
use clap::{Args, Subcommand};
use domain::{
    actor::{Level, Role},
    form::NamedAccount,
    ids::UnitId,
    text::{Line, PersonName},
};
use store::{County, Store, records, records::Token};
use uuid::Uuid;

use crate::{
    accounts::{self, Changed},
    clock,
    config::{Config, PlaceArgs, PublicUrl},
    operate::{self, sheet},
};

#[derive(Debug, Args)]
pub struct UserArgs {
    #[command(flatten)]
    place: PlaceArgs,
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Make an account and print the link with which its holder opens it, once, within 72 hours.
    Add {
        /// The person's name: typed to sign in, and written on documents.
        name: String,
        /// Their title, such as 信访局工作人员.
        #[arg(long)]
        title: String,
        /// Their unit's name; a unit that is not known yet is made.
        #[arg(long)]
        unit: String,
        /// What they may do, such as petition_officer; repeat for more.
        #[arg(long = "role", required = true, value_parser = sheet::role)]
        roles: Vec<Role>,
    },
    /// List the accounts.
    List,
    /// Print a new link: password, one-time code and sessions of the account end.
    Link {
        /// The account's name.
        name: String,
    },
    /// End an account and its sessions.
    Disable {
        /// The account's name.
        name: String,
    },
}

pub async fn run(args: UserArgs) -> Result<()> {
    let config = operate::begin(&args.place)?;
    let data = config.place().open_existing().await?;
    let (store, county, now) = (&data.store, data.county, clock::now());
    match args.command {
        UserCommand::Add {
            name,
            title,
            unit,
            roles,
        } => {
            let new = NamedAccount {
                name: PersonName::parse(&name).map_err(|_| anyhow!("{name:?} is no name"))?,
                title: Line::parse(&title).map_err(|_| anyhow!("{title:?} is no title"))?,
                portfolio: None,
                unit: unit_named(store, county, &unit).await?,
                level: Level::County,
                roles,
            };
            match accounts::invite(store, county, &new, now).await? {
                Some((_, link)) => println!("{}", enrolment(&config, county, &link)),
                None => bail!("there is an account named {name} already"),
            }
        }
        UserCommand::List => {
            for account in store.accounts(county).await? {
                println!(
                    "{}\t{}\t{}\t{:?}",
                    account.name, account.title, account.roles, account.status
                );
            }
        }
        UserCommand::Link { name } => {
            let account = accounts::by_name(store, county, &name).await?;
            let link = accounts::recover(store, account, now).await?;
            println!("{}", enrolment(&config, county, &link));
        }
        UserCommand::Disable { name } => {
            let account = accounts::by_name(store, county, &name).await?;
            if accounts::disable(store, account, now).await? != Changed::Done {
                bail!("{name} is the last administrator: make another one first");
            }
            println!("{name} can no longer sign in");
        }
    }
    data.store.close().await;
    Ok(())
}

/// Where an account is opened; whole where the site's address is known.
pub fn enrolment(config: &Config, county: County, link: &Token) -> String {
    let site = config.public_url.as_ref().map_or("", PublicUrl::as_str);
    format!(
        "Open this page of the site within 72 hours; it works once:\n{site}/{county}/office/enrol/{}",
        link.expose()
    )
}

/// The unit of this name, made when there is none.
pub async fn unit_named(store: &Store, county: County, name: &str) -> Result<UnitId> {
    let known = store.units(county).await?;
    if let Some(unit) = known.into_iter().find(|unit| unit.name == name) {
        return Ok(UnitId(unit.id));
    }
    let unit = records::Unit {
        id: Uuid::now_v7(),
        county,
        name: name.to_owned(),
        kind: "department".to_owned(),
        division: None,
        phone: None,
    };
    let id = UnitId(unit.id);
    store.save_units(&[unit]).await?;
    Ok(id)
}
