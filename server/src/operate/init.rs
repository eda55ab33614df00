//! `huiyin init`: a real county in an empty folder.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use app::Site;
use clap::Args;
use domain::{
    actor::{Level, Role},
    form::NamedAccount,
    phone::PhoneNumber,
    text::{Line, PersonName},
};
use store::{County, Store, records::Token};

use super::sheet::{self, Official};
use crate::{
    accounts, clock,
    config::PlaceArgs,
    data::{Data, Use},
    recovery,
    user::{enrolment, unit_named},
};

#[derive(Debug, Args)]
pub struct InitArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// The county's six digits (GB/T 2260): the first part of every address.
    #[arg(long, value_name = "DIGITS")]
    county: String,
    /// The county's name as its people write it.
    #[arg(long)]
    name: String,
    /// The office that runs the site, such as the county's petition office.
    #[arg(long)]
    office: String,
    /// The office's telephone.
    #[arg(long)]
    phone: String,
    /// The heading of printed papers [default: the office].
    #[arg(long)]
    letterhead: Option<String>,
    /// Townships and villages: a CSV file with the header code,name,level,parent.
    #[arg(long, value_name = "FILE")]
    divisions: Option<PathBuf>,
    /// Officials: a CSV file with the header name,title,unit,roles, roles apart by spaces.
    #[arg(long, value_name = "FILE")]
    officials: Option<PathBuf>,
    /// The first administrator, who opens their account with the link that is printed.
    #[arg(long, value_name = "NAME")]
    administrator: String,
    /// The first administrator's title.
    #[arg(long, default_value = "系统管理员")]
    administrator_title: String,
}

/// Everything that was typed, read and found right before anything is written.
struct New {
    county: County,
    site: Site,
    divisions: Vec<store::records::Division>,
    officials: Vec<Official>,
    administrator: Official,
}

pub async fn run(args: InitArgs) -> Result<()> {
    let config = super::begin(&args.place)?;
    let new = New::read(&args)?;
    let place = config.place();
    let _in_use = place.lock(Use::Alone)?;
    let store = place.open_store().await?;
    refuse_second(&store).await?;
    let link = new.set_up(&store).await?;
    let key = place.master_key()?;
    let file = recovery::write_sheet(&place, &key, &new.site.county_name)?;
    store.close().await;
    println!(
        "{} is set up in {}.",
        new.site.county_name,
        config.data.display()
    );
    println!(
        "1. Print {}, lock it away, then run `huiyin keys confirm`: without it no backup can be read.",
        file.display()
    );
    println!(
        "2. Start `huiyin serve`, and let {} open their account. {}",
        new.administrator.name.as_str(),
        enrolment(&config, new.county, &link)
    );
    if !new.officials.is_empty() {
        println!(
            "3. {} officials are listed; `huiyin user link NAME` makes each one's link.",
            new.officials.len()
        );
    }
    Ok(())
}

/// A folder holds one county for good, a demonstration's above all: nobody takes its invented
/// matters for real ones, nor the other way round.
async fn refuse_second(store: &Store) -> Result<()> {
    let Some(county) = store.counties().await?.into_iter().next() else {
        return Ok(());
    };
    let Ok(data) = Data::of(store.clone(), county).await else {
        // Cut short before it had its name.
        return Ok(());
    };
    if data.site.demo {
        bail!("this holds a demonstration and stays one: choose an empty folder and database");
    }
    bail!("this holds {} already", data.site.county_name)
}

impl New {
    fn read(args: &InitArgs) -> Result<Self> {
        let county = County::parse(&args.county)
            .with_context(|| format!("--county: {} is not six digits", args.county))?;
        let line = |flag: &str, text: &str| {
            Line::parse(text).map_err(|_| anyhow!("--{flag}: {text:?} is empty or too long"))
        };
        let phone = PhoneNumber::parse(&args.phone).context("--phone")?;
        let office = line("office", &args.office)?;
        let letterhead = args.letterhead.as_ref();
        let letterhead = letterhead
            .map(|text| line("letterhead", text))
            .transpose()?;
        let divisions = match &args.divisions {
            Some(path) => sheet::divisions(&read(path)?, county)
                .with_context(|| path.display().to_string())?,
            None => Vec::new(),
        };
        let officials = match &args.officials {
            Some(path) => {
                sheet::officials(&read(path)?).with_context(|| path.display().to_string())?
            }
            None => Vec::new(),
        };
        Ok(Self {
            county,
            site: Site {
                county: county.to_string(),
                county_name: line("name", &args.name)?.to_string(),
                sponsor: office.to_string(),
                telephone: phone.as_str().to_owned(),
                letterhead: letterhead.map(|line| line.to_string()).unwrap_or_default(),
                ..Site::default()
            },
            divisions,
            officials,
            administrator: Official {
                name: PersonName::parse(&args.administrator)
                    .map_err(|_| anyhow!("--administrator: {:?} is no name", args.administrator))?,
                title: line("administrator-title", &args.administrator_title)?,
                unit: office,
                roles: vec![Role::Administrator],
            },
        })
    }

    /// The name comes last: what was cut short is not taken for a county, and can be begun again.
    async fn set_up(&self, store: &Store) -> Result<Token> {
        store.save_divisions(self.county, &self.divisions).await?;
        for official in &self.officials {
            account(store, self.county, official).await?;
        }
        let mut administrator = self.administrator.clone();
        let listed = self.officials.iter();
        for same in listed.filter(|listed| listed.name == administrator.name) {
            administrator.roles.extend(same.roles.iter().copied());
        }
        let link = account(store, self.county, &administrator).await?;
        Data::name_county(store, self.county, &self.site).await?;
        Ok(link)
    }
}

fn read(path: &PathBuf) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

async fn account(store: &Store, county: County, official: &Official) -> Result<Token> {
    let (name, now) = (official.name.as_str(), clock::now());
    if let Some(mut known) = store.account_by_name(county, name).await? {
        known.roles = serde_json::to_string(&official.roles)?;
        return Ok(accounts::recover(store, known, now).await?);
    }
    let new = NamedAccount {
        name: official.name.clone(),
        title: official.title.clone(),
        portfolio: None,
        unit: unit_named(store, county, official.unit.as_str()).await?,
        level: Level::County,
        roles: official.roles.clone(),
    };
    let invited = accounts::invite(store, county, &new, now).await?;
    let (_, link) = invited.with_context(|| format!("there is an account named {name} already"))?;
    Ok(link)
}
