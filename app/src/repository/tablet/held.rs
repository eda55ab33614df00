//! What lies on a tablet, in the open space of its official.

use std::{collections::HashMap, future::Future, time::Duration};

use chrono::{DateTime, Utc};
use device::{Device, Shelf, Trouble};
use domain::ids::CaseId;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};
use sync::{
    Query, ReadProblem,
    view::{TabletList, TabletRow},
};
use web_sys::RequestInit;

use super::OnTablet;
use crate::repository::{line::is_down, outbox::driver, patience::Patience, remote};

/// Rows in one encrypted record.
const PACK: usize = 200;
const LIST: &str = "worklist";
/// Which cases are here whole, and in which version.
const WHOLE: &str = "whole";
/// What somebody waits for the server before the tablet answers.
const PATIENCE: Duration = Duration::from_secs(3);

thread_local! {
    static FROM_TABLET: ArcRwSignal<Option<DateTime<Utc>>> = ArcRwSignal::new(None);
}

/// Since when what this page shows has lain here; none where the server has answered.
pub(super) fn from_tablet() -> ArcRwSignal<Option<DateTime<Utc>>> {
    FROM_TABLET.with(Clone::clone)
}

/// Of answers that say when they were true.
fn note(from: Option<DateTime<Utc>>) {
    let known = from_tablet();
    if *known.read_untracked() != from {
        known.set(from);
    }
}

/// The open space of an official.
#[derive(Clone, Copy)]
pub struct Held<'d>(&'d Device);

/// The first record of the list.
#[derive(Serialize, Deserialize)]
struct Head {
    next: String,
    as_of: DateTime<Utc>,
    /// How many follow; the build before did not say.
    #[serde(default)]
    rows: Option<usize>,
}

impl Head {
    fn of(list: &TabletList) -> Self {
        Self {
            next: list.next.clone(),
            as_of: list.as_of,
            rows: Some(list.rows.len()),
        }
    }
}

impl<'d> Held<'d> {
    /// None where no official's space is open in this page.
    pub fn of(device: &'d Device) -> Option<Self> {
        device.open_pass().map(|_| Self(device))
    }

    /// A screen as it was fetched last.
    pub async fn view<Q: Query>(self, query: &Q) -> Option<Q::View> {
        let known = self.0.get(Shelf::Views, &query.path()).await.ok()??;
        // What an older build kept may not be readable: then it is as if there were nothing.
        serde_json::from_str(&known).ok()
    }

    pub async fn keep_view<Q: Query>(self, query: &Q, view: &Q::View) -> Result<(), Trouble> {
        let json = written(view)?;
        self.0.put(Shelf::Views, &query.path(), &json).await
    }

    pub async fn let_go<Q: Query>(self, query: &Q) -> Result<(), Trouble> {
        self.0.remove(Shelf::Views, &query.path()).await
    }

    /// The list; none before it was fetched, and none where a record does not open.
    pub async fn list(self) -> Option<TabletList> {
        let packs = self.0.packs(LIST).await.ok()?;
        let (head, packs) = packs.split_first()?;
        let head: Head = serde_json::from_str(head).ok()?;
        let mut rows: Vec<TabletRow> = Vec::new();
        for pack in packs {
            rows.extend(serde_json::from_str::<Vec<TabletRow>>(pack).ok()?);
        }
        Some(TabletList {
            next: head.next,
            rows,
            as_of: head.as_of,
        })
    }

    /// When the list was true, and how many rows it has: without opening all of it.
    pub async fn rows(self) -> Option<(DateTime<Utc>, usize)> {
        let head = self.0.pack(LIST, 0).await.ok()??;
        let head: Head = serde_json::from_str(&head).ok()?;
        let rows = match head.rows {
            Some(rows) => rows,
            None => self.list().await?.rows.len(),
        };
        Some((head.as_of, rows))
    }

    pub async fn keep_list(self, list: &TabletList) -> Result<(), Trouble> {
        let mut packs = vec![written(&Head::of(list))?];
        for rows in list.rows.chunks(PACK) {
            packs.push(written(&rows)?);
        }
        self.0.put_packs(LIST, &packs).await
    }

    /// Of a list whose rows are as they were: when that was true.
    pub async fn keep_as_of(self, list: &TabletList) -> Result<(), Trouble> {
        self.0.put_pack(LIST, 0, &written(&Head::of(list))?).await
    }

    /// Which cases are here whole, and in which version.
    pub async fn whole(self) -> HashMap<CaseId, u64> {
        let packs = self.0.packs(WHOLE).await.unwrap_or_default();
        let known = packs.first().map(|pack| serde_json::from_str(pack));
        known.and_then(Result::ok).unwrap_or_default()
    }

    pub async fn keep_whole(self, known: &HashMap<CaseId, u64>) -> Result<(), Trouble> {
        self.0.put_packs(WHOLE, &[written(known)?]).await
    }
}

fn written<T: Serialize + ?Sized>(value: &T) -> Result<String, Trouble> {
    serde_json::to_string(value).map_err(|error| Trouble::Failed(error.to_string()))
}

/// The server answers, or the tablet does.
pub(super) fn ask<Q: OnTablet>(
    county: String,
    query: Q,
) -> impl Future<Output = Result<Q::View, ReadProblem>> + Send {
    SendWrapper::new(async move {
        let device = match driver() {
            Some(driver) => driver.device().await.ok(),
            None => None,
        };
        let held = device.as_ref().and_then(Held::of);
        let Some(held) = held else {
            return remote::ask(county, query).await;
        };
        let problem = match is_down() {
            true => ReadProblem::Unreachable,
            false => match ask_within(&county, &query).await {
                Ok(view) => {
                    if Q::as_of(&view).is_some() {
                        note(None);
                    }
                    return Ok(view);
                }
                Err(problem) => problem,
            },
        };
        match problem {
            // The server is not to be reached, or the sign-in is over there: the pass here may not be.
            ReadProblem::NotOpened | ReadProblem::Unreachable | ReadProblem::Failed { .. } => {
                let view = query.answered_by(held).await.ok_or(problem)?;
                if let Some(as_of) = Q::as_of(&view) {
                    note(Some(as_of));
                }
                Ok(view)
            }
            said => Err(said),
        }
    })
}

async fn ask_within<Q: Query>(county: &str, query: &Q) -> Result<Q::View, ReadProblem> {
    let request = RequestInit::new();
    let over = Patience::new(PATIENCE);
    if let Some(over) = &over {
        request.set_signal(Some(&over.signal()));
    }
    let body = remote::ask_news(&request, county, &query.path()).await?;
    remote::read::<Q>(&body.unwrap_or_default())
}
