//! A small county in this process, and what people send to it.

use std::path::Path;

use app::Site;
use chrono::{Duration, NaiveTime};
use domain::{
    actor::{Actor, Official, Role, SealedReader},
    ids::{CommandId, OfficialId, SignInId, UnitId, VisitId},
    office::{OfficeCommand, VisitCommand},
    phone::PhoneNumber,
    receipt::Receipt,
    text::{Line, Paragraph, PersonName},
    visit::{Hours, Leader, ReceptionRoom, RegistrationWindow, Venue, VisitMode, VisitNotice},
};
use reqwest::{Client, Response, redirect::Policy};
use serde_json::{Value, json};
use server::{
    AppState,
    attachments::{Attachments, Limits, Objects},
    clock,
    data::{Data, Place},
    execute::{AnyCommand, Asked, execute},
    http::{
        Edge,
        listen::{self, Rules},
        router,
    },
    packaged::{Packaged, Shelf},
};
use store::{County, Store};
use sync::Answer;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::running::COUNTY;

/// Commands in one request.
const BATCH: usize = 20;

pub fn code() -> County {
    County::parse(COUNTY).unwrap()
}

/// A server in this process.
pub struct Here {
    pub address: String,
    pub data: Data,
    pub client: Client,
    folder: tempfile::TempDir,
}

impl Here {
    pub async fn open() -> Self {
        Self::open_by(Rules::default(), Edge::default()).await
    }

    pub async fn open_by(mut rules: Rules, edge: Edge) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path(), None);
        let store = place.open_store().await.unwrap();
        let site = Site {
            county: COUNTY.to_owned(),
            ..Site::default()
        };
        Data::name_county(&store, code(), &site).await.unwrap();
        let data = Data::of(store, code()).await.unwrap();
        let packaged = Packaged::embedded();
        let shelf = Shelf::open(&folder.path().join("assets"), &packaged).unwrap();
        let objects = Objects::in_folder(&folder.path().join("attachments")).unwrap();
        let attachments = Attachments::new(data.store.clone(), objects, Limits::default());
        let state = AppState::new(data.clone(), attachments, packaged, shelf);
        let state = state.at(edge).of(rules.connections);
        rules.metrics = state.metrics.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let forever = std::future::pending();
        tokio::spawn(listen::serve_by(rules, listener, router(state), forever));
        Self {
            address,
            data,
            client: client(),
            folder,
        }
    }

    pub async fn store_of_another_process(&self) -> Store {
        place(self.folder.path(), None).open_store().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.address));
        request.send().await.unwrap()
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}{path}", self.address));
        request.form(fields).send().await.unwrap()
    }

    /// Files ordinary matters, each with this number and digits, and says their codes.
    pub async fn filed(&self, count: usize, phone: &str, digits: &str) -> Vec<String> {
        let envelopes: Vec<Value> = (0..count)
            .map(|_| envelope(Uuid::now_v7(), &file(phone, digits)))
            .collect();
        // Side by side: they share commits.
        let batches = envelopes.chunks(BATCH);
        let answers = batches.map(|batch| sent(&self.client, &self.address, batch));
        let answers = futures_util::future::join_all(answers).await;
        let answers = answers.into_iter().map(|answers| answers.unwrap());
        answers
            .flat_map(|batch| {
                batch
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(code_of)
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// Where a try to follow a matter leads.
    pub async fn follow(&self, code: &str, pin: &str, phone: &str) -> String {
        let fields = [("code", code), ("pin", pin), ("phone", phone)];
        let answer = self.post(&format!("/{COUNTY}/follow"), &fields).await;
        let to = answer.headers()["location"].to_str().unwrap();
        to.trim_start_matches(&format!("/{COUNTY}")).to_owned()
    }
}

pub fn client() -> Client {
    let builder = Client::builder().redirect(Policy::none());
    // Every request a connection of its own: what was cut is told from what was never sent.
    builder.pool_max_idle_per_host(0).build().unwrap()
}

pub fn place(folder: &Path, database_url: Option<String>) -> Place {
    Place {
        folder: folder.to_owned(),
        database_url,
    }
}

pub fn filing(name: &str, phone: &str, digits: &str) -> Value {
    json!({
        "party": {
            "petitioner": { "name": name, "id_number": null, "village": null, "birth_year": null, "address": null },
            "representatives": [], "size": 1, "filer": "petitioner",
        },
        "kind": "request", "subject": "roads", "place": null,
        "statement": [{ "text": "村口的路要修" }],
        "contact": { "way": "call", "phone": phone, "hours": null },
        "restricted_from": [], "danger": "none", "second_factor": digits,
    })
}

pub fn file(phone: &str, digits: &str) -> Value {
    json!({ "command": "file", "filing": filing("示例某", phone, digits) })
}

pub fn register(visit: VisitId) -> Value {
    json!({ "command": "register", "visit": visit, "filing": filing("示例某", "13800138000", "8000") })
}

pub fn envelope(id: Uuid, command: &Value) -> Value {
    json!({
        "id": id, "county": COUNTY, "area": "citizen", "device": null, "build": "test",
        "captured_at": clock::now(), "expected_version": null, "command": command,
    })
}

pub async fn sent(
    client: &Client,
    address: &str,
    envelopes: &[Value],
) -> Result<Value, reqwest::Error> {
    let request = client.post(format!("{address}/api/v1/{COUNTY}/commands"));
    request.json(&envelopes).send().await?.json().await
}

/// The code for life in an answer.
pub fn code_of(answer: &Value) -> String {
    let code = &answer["receipt"]["code"];
    assert!(code.is_object(), "{answer}");
    let text = code.as_object().unwrap().values().find_map(|v| v.as_str());
    let text = text.filter(|text| domain::code::QueryCode::parse(text).is_ok());
    text.map_or_else(|| panic!("{code}"), str::to_owned)
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn publisher(number: u128) -> Official {
    Official {
        id: OfficialId(Uuid::from_u128(number)),
        name: PersonName::parse("示例官").unwrap(),
        unit: UnitId(Uuid::from_u128(1)),
        roles: vec![Role::Publisher, Role::ReceivingLeader],
        sealed_reader: SealedReader::No,
        sign_in: SignInId(Uuid::from_u128(number)),
    }
}

/// One room for one day, open for registration.
fn notice() -> VisitNotice {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let now = clock::now();
    VisitNotice {
        title: line("县领导下访"),
        mode: VisitMode::FixedPlace,
        date: (now + Duration::days(9)).date_naive(),
        hours: Hours {
            from: time(8),
            to: time(18),
        },
        venue: Venue {
            name: line("文化中心"),
            address: line("中心街1号"),
            division: None,
            point: None,
        },
        leaders: vec![Leader {
            name: PersonName::parse("示例一").unwrap(),
            title: line("县长"),
            portfolio: line("全面工作"),
        }],
        departments: vec![line("交通运输")],
        rooms: vec![ReceptionRoom {
            number: 1,
            label: line("综合"),
            subjects: Vec::new(),
        }],
        scope: Paragraph::parse("都可以谈").unwrap(),
        exclusions: Vec::new(),
        registration: RegistrationWindow {
            opens: now - Duration::days(1),
            closes: now + Duration::days(7),
        },
        bring: Vec::new(),
        phone: PhoneNumber::parse("010-12345678").unwrap(),
        slot_minutes: 30,
        reserve_percent: 0,
        officers: vec![publisher(2).id],
    }
}

/// Publishes a visit as officials do, and closes the store for the binary to open.
pub async fn with_a_visit(place: &Place) -> VisitId {
    let store = place.open_store().await.unwrap();
    let visit = publish(&store).await;
    store.close().await;
    visit
}

/// Publishes a visit as officials do.
pub async fn publish(store: &Store) -> VisitId {
    publish_as(store, |_| {}).await
}

/// Publishes a visit that is somewhat otherwise.
pub async fn publish_as(store: &Store, otherwise: impl FnOnce(&mut VisitNotice)) -> VisitId {
    let mut notice = Box::new(notice());
    otherwise(&mut notice);
    let draft = VisitCommand::Draft { notice };
    let Receipt::Visit { visit } = act(store, 2, draft).await else {
        panic!("no visit")
    };
    let short_lead = None;
    act(store, 2, VisitCommand::Submit { visit, short_lead }).await;
    act(store, 3, VisitCommand::Approve { visit }).await;
    visit
}

async fn act(store: &Store, who: u128, command: VisitCommand) -> Receipt {
    let asked = Asked {
        actor: Actor::Official(publisher(who)),
        id: CommandId(Uuid::now_v7()),
        command: AnyCommand::Office(OfficeCommand::Visit(command)),
        sign_in: None,
        device: None,
        captured_at: clock::now(),
        received_at: clock::now() - Duration::hours(1),
        expected_version: None,
        replaces: Vec::new(),
    };
    match execute(store, code(), &asked).await {
        Answer::Received { receipt } => receipt,
        other => panic!("{other:?}"),
    }
}
