//! Accounts and units, kept by the administrator. They are technical records: no case is in them.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, Uri, header},
    response::Response,
};
use domain::{
    actor::Role,
    form::{AccountForm, FieldError, FieldProblem, FormErrors, UNIT_KINDS, UnitForm, value_of},
    ids::{OfficialId, SignInId, UnitId},
    refusal::Refusal,
};
use store::{
    StoreError,
    records::{Account, Token, Unit},
};
use sync::{Rejection, view::NotDone};
use uuid::Uuid;

use super::{office_form::OfficeForm, see, with_cookie};
use crate::{
    accounts::{self, Changed},
    clock,
    config::PublicUrl,
    http::{
        AppState, cookies,
        reads::{
            failed,
            office_accounts::{ISSUED_SECONDS, Issued},
        },
    },
};

const PAGE: &str = "/office/accounts";

/// Why an account stays as it was.
enum Stays {
    Wrong(FormErrors),
    Failed(StoreError),
}

impl From<StoreError> for Stays {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl From<FormErrors> for Stays {
    fn from(errors: FormErrors) -> Self {
        Self::Wrong(errors)
    }
}

fn wrong(field: &'static str, problem: FieldProblem) -> Stays {
    Stays::Wrong(FormErrors(vec![FieldError { field, problem }]))
}

/// What was done, and where to look at it.
enum Done {
    Plain(String),
    /// A link was made, to be handed over now.
    Issued(OfficialId, String, Token),
}

/// `POST …/office/accounts/{act}`: `add`, `unit` and `handed-over`.
pub async fn add(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let act = path.get("act").map_or("", String::as_str);
    let name = format!("accounts/{act}");
    let page = format!("{PAGE}?act={act}");
    let form = match OfficeForm::open(&state, &uri, &headers, &body, (name, page)).await {
        Ok(form) => form,
        Err(door) => return door,
    };
    let done = match act {
        _ if !form.official.has(&[Role::Administrator]) => return refused(&form).await,
        "add" => invite(&state, &form).await,
        "unit" => make_unit(&state, &form).await,
        "handed-over" => return handed_over(&state, &form, &headers).await,
        _ => return see(&format!("{}{PAGE}", form.base)),
    };
    answer(&state, &form, &headers, done).await
}

/// `POST …/office/accounts/{account}/{act}`.
pub async fn change(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let part = |name| path.get(name).map_or("", String::as_str);
    let (id, act) = (part("account"), part("act"));
    let names = (
        format!("accounts/{id}/{act}"),
        format!("{PAGE}?account={id}"),
    );
    let form = match administrators(&state, &uri, &headers, &body, names).await {
        Ok(form) => form,
        Err(other) => return other,
    };
    let done = match known(&state, id).await {
        Ok(Some(account)) => act_on(&state, &form, account, act).await,
        Ok(None) => return see(&format!("{}{PAGE}", form.base)),
        Err(error) => Err(error.into()),
    };
    answer(&state, &form, &headers, done).await
}

/// A form that only administrators send.
async fn administrators<'s>(
    state: &'s AppState,
    uri: &Uri,
    headers: &HeaderMap,
    body: &Bytes,
    names: (String, String),
) -> Result<OfficeForm<'s>, Response> {
    let form = OfficeForm::open(state, uri, headers, body, names).await?;
    match form.official.has(&[Role::Administrator]) {
        true => Ok(form),
        false => Err(refused(&form).await),
    }
}

/// `POST …/office/accounts/tablets/{tablet}/lost`: said once, for good.
pub async fn lose_tablet(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let id = path.get("tablet").map_or("", String::as_str);
    let names = (
        format!("accounts/tablets/{id}/lost"),
        format!("{PAGE}?tablet={id}"),
    );
    let form = match administrators(&state, &uri, &headers, &body, names).await {
        Ok(form) => form,
        Err(other) => return other,
    };
    let done = match lost(&state, id, form.official.sign_in).await {
        Ok(true) => Ok(Done::Plain(format!("{PAGE}?done=lost"))),
        Ok(false) => Ok(Done::Plain(PAGE.to_owned())),
        Err(error) => Err(error.into()),
    };
    answer(&state, &form, &headers, done).await
}

/// False for a tablet that is not known here. Its browser may be signed in: its holder is signed out
/// everywhere, but for the sign-in that reports it.
async fn lost(state: &AppState, id: &str, reporting: SignInId) -> Result<bool, StoreError> {
    let data = &state.data;
    let Ok(id) = Uuid::parse_str(id) else {
        return Ok(false);
    };
    let Some(tablet) = data.store.tablet(data.county, id).await? else {
        return Ok(false);
    };
    let (store, now) = (&data.store, clock::now().into());
    // Said twice, the first time counts.
    if store.lose_tablet(id, now).await? {
        let holder = tablet.account_id;
        store
            .end_other_sessions_of(holder, reporting.0, now)
            .await?;
    }
    Ok(true)
}

async fn known(state: &AppState, id: &str) -> Result<Option<Account>, StoreError> {
    let Ok(id) = Uuid::parse_str(id) else {
        return Ok(None);
    };
    let account = state.data.store.account(id).await?;
    Ok(account.filter(|account| account.county == state.data.county))
}

async fn act_on(
    state: &AppState,
    form: &OfficeForm<'_>,
    account: Account,
    act: &str,
) -> Result<Done, Stays> {
    let (store, now, id) = (&state.data.store, clock::now(), OfficialId(account.id));
    let page = format!("{PAGE}?account={id}&done={act}");
    let changed = match act {
        "change" => {
            let new = form.posted.typed::<AccountForm>();
            let new = new.parse(is_unit(state).await?)?;
            accounts::change(store, account, &new).await?
        }
        "link" => {
            let name = account.name.clone();
            match accounts::renew(store, account, now).await? {
                Some(link) => return Ok(Done::Issued(id, name, link)),
                None => Changed::LastAdministrator,
            }
        }
        "disable" => accounts::disable(store, account, now).await?,
        "enable" => {
            accounts::enable(store, account).await?;
            Changed::Done
        }
        "sign-out" => {
            store.revoke_sessions_of(account.id, now.into()).await?;
            Changed::Done
        }
        _ => return Ok(Done::Plain(PAGE.to_owned())),
    };
    match changed {
        Changed::Done => Ok(Done::Plain(page)),
        Changed::LastAdministrator => Err(wrong("role", FieldProblem::LastAdministrator)),
        Changed::NameTaken => Err(wrong("name", FieldProblem::Taken)),
    }
}

async fn invite(state: &AppState, form: &OfficeForm<'_>) -> Result<Done, Stays> {
    let new = form.posted.typed::<AccountForm>();
    let new = new.parse(is_unit(state).await?)?;
    let (store, county) = (&state.data.store, state.data.county);
    match accounts::invite(store, county, &new, clock::now()).await? {
        Some((id, link)) => Ok(Done::Issued(id, new.name.to_string(), link)),
        None => Err(wrong("name", FieldProblem::Taken)),
    }
}

async fn is_unit(state: &AppState) -> Result<impl Fn(UnitId) -> bool, StoreError> {
    let units = state.data.store.units(state.data.county).await?;
    Ok(move |id: UnitId| units.iter().any(|unit| unit.id == id.0))
}

async fn make_unit(state: &AppState, form: &OfficeForm<'_>) -> Result<Done, Stays> {
    let new = form.posted.typed::<UnitForm>().parse()?;
    let (store, county) = (&state.data.store, state.data.county);
    let known = store.units(county).await?;
    if known.iter().any(|unit| unit.name == new.name.as_str()) {
        return Err(wrong("unit_name", FieldProblem::Taken));
    }
    let unit = Unit {
        id: Uuid::now_v7(),
        county,
        name: new.name.to_string(),
        kind: value_of(&UNIT_KINDS, &new.kind).to_owned(),
        division: new.division.map(|division| division.to_string()),
        phone: new.phone.map(|phone| phone.as_str().to_owned()),
    };
    store.save_units(&[unit]).await?;
    Ok(Done::Plain(format!("{PAGE}?done=unit")))
}

async fn answer(
    state: &AppState,
    form: &OfficeForm<'_>,
    headers: &HeaderMap,
    done: Result<Done, Stays>,
) -> Response {
    match done {
        Ok(Done::Plain(page)) => form.done(&page).await,
        Ok(Done::Issued(account, name, link)) => {
            show_link(state, form, headers, (account, name, link)).await
        }
        Err(Stays::Wrong(errors)) => form.refuse(errors.into()).await,
        Err(Stays::Failed(error)) => {
            failed(error);
            form.refuse(NotDone::Later).await
        }
    }
}

/// On to the page that shows the link, to this administrator and for a few minutes.
async fn show_link(
    state: &AppState,
    form: &OfficeForm<'_>,
    headers: &HeaderMap,
    (account, name, link): (OfficialId, String, Token),
) -> Response {
    let address = format!(
        "{}/{}/office/enrol/{}",
        origin(state, headers),
        state.data.county,
        link.expose()
    );
    let issued = Issued::new(form.official.id, account, &name, address);
    match issued.keep(&state.data, clock::now()).await {
        Ok(id) => {
            let page = form.done(&format!("{PAGE}?account={account}&link=1")).await;
            let cookie = cookies::secret(cookies::ISSUED, &id.to_string(), ISSUED_SECONDS);
            with_cookie(page, cookie)
        }
        Err(error) => {
            // The account is there; its page offers a new link.
            failed(error);
            form.done(&format!("{PAGE}?account={account}")).await
        }
    }
}

/// The link is with its holder: it is shown no longer.
async fn handed_over(state: &AppState, form: &OfficeForm<'_>, headers: &HeaderMap) -> Response {
    let kept = cookies::get(headers, cookies::ISSUED).and_then(|id| Uuid::parse_str(id).ok());
    let county = state.data.county;
    if let Some(id) = kept
        && let Err(error) = state.data.store.delete_draft(county, id).await
    {
        failed(error);
    }
    let page = form.done(&format!("{PAGE}?done=handed-over")).await;
    with_cookie(page, cookies::gone(cookies::ISSUED))
}

async fn refused(form: &OfficeForm<'_>) -> Response {
    let refusal = Refusal::NotAllowed;
    let reason = Rejection::Refused { refusal };
    form.refuse(NotDone::Rejected { reason }).await
}

/// A link that is handed over has to be a whole address: the public one, or where this browser found
/// the site.
fn origin(state: &AppState, headers: &HeaderMap) -> String {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let public = state.edge.public_url.as_ref().map(PublicUrl::as_str);
    match (public, said(header::ORIGIN), said(header::HOST)) {
        (Some(public), ..) => public.to_owned(),
        (None, Some(origin), _) if origin != "null" => origin.to_owned(),
        (None, _, Some(host)) => format!("https://{host}"),
        (None, _, None) => String::new(),
    }
}
