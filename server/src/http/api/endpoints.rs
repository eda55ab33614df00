//! The list of addresses below `/api/v1/{county}`, kept as router and description at once: what is
//! served is what the document says.

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{get, post},
};
use domain::form::Step;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};
use sync::{Query, query};

use super::{AppState, FromParts, ask, changes, commands, own, tablets};
use crate::http::{
    cookies, live,
    resume::{LongAnswers, long_answers},
};

/// Where the county's addresses begin.
const BASE: &str = "/api/v1/{county}/";

fn at(rest: &str) -> String {
    format!("{BASE}{rest}")
}

#[derive(Default)]
pub struct Endpoints {
    /// Those whose answer may be long.
    questions: Router<AppState>,
    others: Router<AppState>,
    pub operations: Vec<Operation>,
}

/// A question's address, as the document needs it.
pub struct Operation {
    pub path: String,
    /// The question's name.
    pub name: &'static str,
    pub about: &'static str,
    /// Parts of the address and what may stand after the `?`.
    pub parameters: Vec<Value>,
    /// The cookie that opens it; none where everybody may ask.
    pub opened_by: Option<&'static str>,
    /// When there may be no view, where that is not a refusal.
    pub no_view: Option<&'static str>,
    /// The answer has a name (`ETag`).
    pub is_named: bool,
    pub answer: fn(&mut SchemaGenerator) -> Schema,
}

impl Endpoints {
    /// One question; `W` says how it is read from the address.
    pub fn ask<Q, W>(mut self, rest: &str) -> Self
    where
        Q: Query,
        Q::View: JsonSchema,
        W: FromParts<Q> + 'static,
    {
        self.questions = self.questions.route(&at(rest), get(ask::<Q, W>));
        self.describe::<Q, W>(rest)
    }

    /// What is new to everybody.
    pub fn changes(mut self, rest: &str) -> Self {
        self.questions = self.questions.route(&at(rest), get(changes::changes));
        self.describe::<query::Changes, Since>(rest)
    }

    fn describe<Q, W>(mut self, rest: &str) -> Self
    where
        Q: Query,
        Q::View: JsonSchema,
        W: Named,
    {
        self.operations.push(Operation {
            path: at(rest),
            name: Q::NAME,
            about: Q::ABOUT,
            parameters: W::parameters(),
            opened_by: opened_by(rest),
            no_view: W::NO_VIEW,
            is_named: W::IS_NAMED,
            answer: SchemaGenerator::subschema_for::<Q::View>,
        });
        self
    }

    /// Where commands are posted.
    pub fn commands(mut self, rest: &str) -> Self {
        self.others = self.others.route(&at(rest), post(commands::commands));
        self
    }

    /// Where tablets are registered.
    pub fn tablets(mut self, rest: &str) -> Self {
        self.others = self.others.route(&at(rest), post(tablets::register));
        self
    }

    /// Where a device asks what changed of its own.
    pub fn own(mut self, rest: &str) -> Self {
        self.questions = self.questions.route(&at(rest), post(own::changes));
        self
    }

    /// Where one listens for changes.
    pub fn live(mut self, rest: &str) -> Self {
        self.others = self.others.route(&at(rest), get(live::listen));
        self
    }

    pub fn routes(self) -> Router<AppState> {
        let kept = Arc::<LongAnswers>::default();
        let resumable = middleware::from_fn_with_state(kept, long_answers);
        self.questions.layer(resumable).merge(self.others)
    }
}

/// A link that works once opens its account's enrolment; everything else of the office needs a
/// sign-in.
fn opened_by(rest: &str) -> Option<&'static str> {
    match rest.split('/').next() {
        Some("office") if !rest.starts_with("office/enrolment/") => Some(cookies::OFFICE),
        Some("mine") => Some(cookies::READING),
        Some("draft") => Some(cookies::DRAFT),
        Some("typed") => Some(cookies::TYPED),
        _ => None,
    }
}

/// The parameters of a way to read a question from its address, as the document names them.
pub trait Named {
    /// When the answer is 204 instead of the view.
    const NO_VIEW: Option<&'static str> = None;
    /// Whether who has the answer is told so.
    const IS_NAMED: bool = false;

    fn parameters() -> Vec<Value>;
}

/// The address says it all.
pub struct NoPath;
/// A township may be chosen.
pub struct Township;
/// A cursor may be given, and that nothing new needs no words.
pub struct Since;
/// A step of the wizard is named.
pub struct AtStep;
/// One thing is named in the path.
pub struct Id;
/// A worklist's filter.
pub struct Filter;
/// A visit, and the filter of its list.
pub struct Desk;
/// The filter of whom to tell.
pub struct Tell;
/// The filter of what the national register lacks.
pub struct Gap;
/// A case may be named.
pub struct OfCase;
/// A tablet; a cursor, and a digest of what it holds, may be given.
pub struct OnTablet;
/// A tablet, and cases.
pub struct OnTabletCases;

impl Named for NoPath {
    fn parameters() -> Vec<Value> {
        Vec::new()
    }
}

impl Named for Township {
    fn parameters() -> Vec<Value> {
        let schema = json!({ "type": "string", "pattern": "^([0-9]{6}|[0-9]{9}|[0-9]{12})$" });
        vec![json!({ "name": "township", "in": "query", "schema": schema })]
    }
}

impl Named for Since {
    const NO_VIEW: Option<&'static str> =
        Some("Nothing is new, and `quiet` was asked for. The cursor stays good.");
    const IS_NAMED: bool = true;

    fn parameters() -> Vec<Value> {
        let schema = json!({ "type": "boolean", "default": false });
        vec![
            text("since"),
            json!({ "name": "quiet", "in": "query", "schema": schema }),
        ]
    }
}

impl Named for AtStep {
    fn parameters() -> Vec<Value> {
        let names = Step::ALL.map(Step::name);
        let schema = json!({ "type": "string", "enum": names });
        vec![json!({ "name": "step", "in": "query", "required": true, "schema": schema })]
    }
}

impl Named for Id {
    fn parameters() -> Vec<Value> {
        let schema = json!({ "type": "string", "minLength": 1 });
        vec![json!({ "name": "id", "in": "path", "required": true, "schema": schema })]
    }
}

impl Named for Filter {
    fn parameters() -> Vec<Value> {
        let mut all: Vec<Value> = ["find", "state", "subject", "due"].map(text).into();
        all.push(page());
        all
    }
}

impl Named for Desk {
    fn parameters() -> Vec<Value> {
        let mut all = Id::parameters();
        all.extend(["find", "status", "room"].map(text));
        all.push(page());
        all
    }
}

impl Named for Tell {
    fn parameters() -> Vec<Value> {
        vec![text("state"), id("visit"), page()]
    }
}

impl Named for Gap {
    fn parameters() -> Vec<Value> {
        vec![text("when"), page()]
    }
}

impl Named for OfCase {
    fn parameters() -> Vec<Value> {
        vec![id("case")]
    }
}

impl Named for OnTablet {
    const NO_VIEW: Option<&'static str> = Some(
        "Nothing is new, and `held` is the digest of what is to be held. The cursor stays good.",
    );

    fn parameters() -> Vec<Value> {
        vec![tablet(), text("since"), text("held")]
    }
}

impl Named for OnTabletCases {
    fn parameters() -> Vec<Value> {
        let cases =
            json!({ "type": "string", "description": "Ids with commas between them, 20 at most." });
        let cases = json!({ "name": "cases", "in": "query", "required": true, "schema": cases });
        vec![tablet(), cases]
    }
}

fn tablet() -> Value {
    let schema = json!({ "type": "string", "format": "uuid" });
    json!({ "name": "tablet", "in": "query", "required": true, "schema": schema })
}

fn text(name: &str) -> Value {
    json!({ "name": name, "in": "query", "schema": { "type": "string" } })
}

fn id(name: &str) -> Value {
    json!({ "name": name, "in": "query", "schema": { "type": "string", "format": "uuid" } })
}

fn page() -> Value {
    let schema = json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX });
    json!({ "name": "page", "in": "query", "schema": schema })
}
