//! What screens ask. One struct a question; its [`Query::View`] is the answer's type and its
//! [`Query::path`] the address below `/api/v1/{county}`.

use domain::{
    division::DivisionCode,
    form::Step,
    ids::{CaseId, DeviceId, MatterId, RegistrationId, VisitId},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::view;

/// A question and the type of its answer.
pub trait Query: Clone + Send + Sync + 'static {
    /// The answer.
    type View: Clone + Send + Sync + Serialize + DeserializeOwned + 'static;

    /// The question's name in the API's document.
    const NAME: &'static str;

    /// What is asked, in a sentence.
    const ABOUT: &'static str;

    /// Whether a device keeps the answer, to show it without a network.
    const KEPT: bool;

    /// The address below `/api/v1/{county}`.
    fn path(&self) -> String;

    /// The question among all questions: the server's one way to answer.
    fn any(&self) -> AnyQuery;

    /// The greater answers that hold this one, and how to take it out: a device that has them whole can show
    /// the part without a network.
    fn part(&self) -> Option<Part<Self::View>> {
        None
    }
}

/// A part of greater answers.
pub struct Part<V> {
    /// Their paths.
    pub of: &'static [&'static str],
    /// How it is taken out.
    pub take: Take<V>,
}

/// Takes the part out of the answers as they were written, in the order of their paths; none where it is not in
/// them.
pub type Take<V> = Box<dyn FnOnce(&[String]) -> Option<V>>;

macro_rules! kept {
    () => {
        false
    };
    (kept) => {
        true
    };
}

macro_rules! queries {
    ($($(#[doc = $doc:literal])* $(@$kept:ident)? $name:ident $({ $($field:ident : $kind:ty),* $(,)? })? => $view:ty, $path:expr $(, part $part:expr)?;)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            pub struct $name { $($(#[doc = "Which."] pub $field: $kind),*)? }

            impl Query for $name {
                type View = $view;
                const NAME: &'static str = stringify!($name);
                const ABOUT: &'static str = concat!($($doc),*).trim_ascii();
                const KEPT: bool = kept!($($kept)?);

                fn path(&self) -> String {
                    #[allow(clippy::redundant_closure_call)]
                    ($path)(self)
                }

                fn any(&self) -> AnyQuery {
                    AnyQuery::$name(self.clone())
                }

                $(fn part(&self) -> Option<Part<Self::View>> {
                    #[allow(clippy::redundant_closure_call)]
                    ($part)(self)
                })?
            }
        )*

        /// Every question, for the server.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum AnyQuery {
            $($(#[doc = $doc])* $name($name),)*
        }

        /// The name of every question.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

queries! {
    /// The front page.
    @kept Home => view::Home, |_: &Self| "home".to_owned();
    /// Notices, upcoming and past.
    @kept Notices { township: Option<DivisionCode> } => view::Notices,
        |q: &Self| with_township("notices", q.township.as_ref()),
        part |q: &Self| in_township(&["notices"], q.township.clone(), view::Notices::of_township);
    /// One notice.
    @kept Notice { visit: VisitId } => view::NoticePage, |q: &Self| format!("notices/{}", q.visit);
    /// One notice, to print and hang up.
    Poster { visit: VisitId } => view::Poster, |q: &Self| format!("notices/{}/poster", q.visit);
    /// The divisions of the county.
    @kept Divisions => Vec<view::Division>, |_: &Self| "divisions".to_owned();
    /// What a registration is filled in from.
    @kept Choices => view::Choices, |_: &Self| "choices".to_owned();
    /// Public matters.
    @kept Matters { township: Option<DivisionCode> } => view::Matters,
        |q: &Self| with_township("matters", q.township.as_ref()),
        part |q: &Self| in_township(&["matters"], q.township.clone(), view::Matters::of_township);
    /// One public matter.
    @kept Matter { matter: MatterId } => view::MatterPage, |q: &Self| format!("matters/{}", q.matter);
    /// A village's page.
    @kept Village { village: DivisionCode } => view::Village, |q: &Self| format!("villages/{}", q.village),
        part |q: &Self| Some(of_village(q.village.clone()));

    /// What changed of what everybody may read, since a cursor; without one, where the changes are now.
    Changes { since: String } => view::Changes, |q: &Self| match q.since.as_str() {
        "" => "changes".to_owned(),
        since => format!("changes?since={since}"),
    };
    /// The key that letters are closed with.
    LetterKey => crate::letter::LetterKey, |_: &Self| "letter-key".to_owned();
    /// What became of a request, by its provisional number.
    ByNumber { number: String } => view::ByNumber, |q: &Self| format!("numbers/{}", q.number);
    /// What a tablet is told when it makes contact; its id is the secret that opens this.
    Tablet { id: DeviceId } => view::TabletStanding, |q: &Self| format!("tablets/{}", q.id);
    /// What past visits came to, for whoever counts.
    Figures => view::Figures, |_: &Self| "figures".to_owned();

    /// What was typed into the wizard so far and not sent, for the page of one step.
    Draft { step: Step } => view::Draft, |q: &Self| format!("draft?step={}", q.step.name());

    /// What was typed into a citizen's form last, and not carried out.
    Typed => Option<view::Typed>, |_: &Self| "typed".to_owned();
    /// What the reading session opens: the slip and the matters born of it.
    Mine => view::Mine, |_: &Self| "mine".to_owned();
    /// One's own matter.
    @kept MyCase { case: CaseId } => view::MyCase, |q: &Self| format!("mine/cases/{}", q.case);

    /// An account's one-time link: what its holder takes into an authenticator.
    Enrolment { link: String } => view::Enrolment, |q: &Self| format!("office/enrolment/{}", q.link);
    /// The official who is signed in.
    Me => view::Me, |_: &Self| "office/me".to_owned();
    /// What was typed into an office form last, and not carried out.
    Kept => Option<view::Kept>, |_: &Self| "office/kept".to_owned();
    /// What intake chooses from.
    IntakeDesk => view::IntakeDesk, |_: &Self| "office/intake".to_owned();
    /// The slip that was just made.
    NewSlip => Option<view::NewSlip>, |_: &Self| "office/slip".to_owned();
    /// The worklist.
    Worklist { filter: view::WorkFilter } => view::Worklist,
        |q: &Self| format!("office/worklist?{}", q.filter.query());
    /// One case, to work on.
    Workspace { case: CaseId } => view::Workspace, |q: &Self| format!("office/cases/{}", q.case);
    /// What a tablet holds of its official's worklist, since a cursor.
    TabletRows { tablet: DeviceId, since: String } => view::TabletRows,
        |q: &Self| match q.since.as_str() {
            "" => format!("office/tablet/rows?tablet={}", q.tablet),
            since => format!("office/tablet/rows?tablet={}&since={since}", q.tablet),
        };
    /// Some cases to work on, for a tablet: those of them that its official may see.
    TabletCases { tablet: DeviceId, cases: Vec<CaseId> } => Vec<view::Workspace>,
        |q: &Self| {
            let cases: Vec<String> = q.cases.iter().map(CaseId::to_string).collect();
            format!("office/tablet/cases?tablet={}&cases={}", q.tablet, cases.join(","))
        };
    /// Visits, with drafts.
    Visits => view::OfficeVisits, |_: &Self| "office/visits".to_owned();
    /// One visit's notice, to edit or approve; without one, what a new notice can be made of.
    VisitEditor { visit: Option<VisitId> } => view::VisitEditor, |q: &Self| match q.visit {
        Some(visit) => format!("office/visits/{visit}"),
        None => "office/visits/new".to_owned(),
    };
    /// Who registered for a visit.
    Registrations { visit: VisitId, filter: view::DeskFilter } => view::Registrations,
        |q: &Self| format!("office/visits/{}/registrations?{}", q.visit, q.filter.query());
    /// One registration, to receive.
    RegistrationDetail { registration: RegistrationId } => view::RegistrationDetail,
        |q: &Self| format!("office/registrations/{}", q.registration);
    /// Whom to tell what.
    ToTell { filter: view::TellFilter } => view::ToTell,
        |q: &Self| format!("office/to-tell?{}", q.filter.query());
    /// Matters without a number in the national register.
    NotRegistered { filter: view::RegisterGapFilter } => view::RegisterGap,
        |q: &Self| format!("office/not-registered?{}", q.filter.query());
    /// Public matters with drafts.
    OfficeMatters => view::OfficeMatters, |_: &Self| "office/matters".to_owned();
    /// What the page of a new public matter starts from.
    NewMatter { case: Option<CaseId> } => view::NewMatter, |q: &Self| match q.case {
        Some(case) => format!("office/matters/new?case={case}"),
        None => "office/matters/new".to_owned(),
    };
    /// One public matter, to edit or approve.
    MatterEditor { matter: MatterId } => view::MatterEditor, |q: &Self| format!("office/matters/{}", q.matter);
    /// Accounts and units.
    Accounts => view::Accounts, |_: &Self| "office/accounts".to_owned();
    /// The one-time link this administrator has just made, until it is handed over.
    IssuedLink => Option<view::IssuedLink>, |_: &Self| "office/issued-link".to_owned();
}

fn in_township<V: DeserializeOwned + 'static>(
    of: &'static [&'static str],
    township: Option<DivisionCode>,
    take: fn(V, &DivisionCode) -> V,
) -> Option<Part<V>> {
    let township = township?;
    let take = move |wholes: &[String]| Some(take(whole(wholes, 0)?, &township));
    Some(Part {
        of,
        take: Box::new(take),
    })
}

fn of_village(village: DivisionCode) -> Part<view::Village> {
    let take = move |wholes: &[String]| {
        let divisions: Vec<view::Division> = whole(wholes, 0)?;
        view::Village::of(&village, &divisions, whole(wholes, 1)?, whole(wholes, 2)?)
    };
    Part {
        of: &["divisions", "matters", "notices"],
        take: Box::new(take),
    }
}

fn whole<V: DeserializeOwned>(wholes: &[String], place: usize) -> Option<V> {
    serde_json::from_str(wholes.get(place)?).ok()
}

fn with_township(path: &str, township: Option<&DivisionCode>) -> String {
    match township {
        Some(code) => format!("{path}?township={code}"),
        None => path.to_owned(),
    }
}
