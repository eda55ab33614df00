//! What pages without scripts post. Each form is one command, then a redirect: a reload repeats
//! nothing, and the same command id makes a double tap one act.

mod access;
mod accounts;
mod case;
mod follow;
mod office;
mod office_case;
mod office_form;
mod office_intake;
mod office_visit;
mod public_matter;
mod register;
mod settings;
mod to_tell;
mod typed;

use std::collections::BTreeMap;

use app::Language;
use axum::{
    Router,
    body::Bytes,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::AppState;

pub fn routes() -> Router<AppState> {
    ["/{county}", "/{county}/en"]
        .into_iter()
        .fold(Router::new(), |routes, base| {
            let at = |rest: &str| format!("{base}{rest}");
            routes
                .route(&at("/register/start"), post(register::start))
                .route(&at("/register/step"), post(register::step))
                .route(&at("/register/send"), post(register::send))
                .route(&at("/follow"), post(follow::open))
                .route(&at("/follow/leave"), post(follow::leave))
                .route(&at("/mine/cancel"), post(case::cancel_registration))
                .route(&at("/mine/access/{act}"), post(access::act))
                .route(&at("/mine/cases/{case}/{act}"), post(case::act))
                .route(&at("/settings"), post(settings::save))
                .route(&at("/office/sign-in"), post(office::sign_in))
                .route(&at("/office/sign-out"), post(office::sign_out))
                .route(&at("/office/enrol/{link}"), post(office::enrol))
                .route(&at("/office/cases/{case}/{act}"), post(office_case::act))
                .route(&at("/office/to-tell/{telling}"), post(to_tell::enter))
                .route(&at("/office/matters/new"), post(public_matter::propose))
                .route(
                    &at("/office/matters/{matter}/{act}"),
                    post(public_matter::act),
                )
                .route(&at("/office/accounts/{act}"), post(accounts::add))
                .route(
                    &at("/office/accounts/{account}/{act}"),
                    post(accounts::change),
                )
                .route(
                    &at("/office/accounts/tablets/{tablet}/lost"),
                    post(accounts::lose_tablet),
                )
                .route(&at("/office/visits/new"), post(office_visit::draft))
                .route(&at("/office/visits/{visit}/{act}"), post(office_visit::act))
                // A page's own address is not reached through `{act}`: its form is named too.
                .route(&at("/office/visits/{visit}/edit"), post(office_visit::act))
                .route(
                    &at("/office/visits/{visit}/walk-in"),
                    post(office_visit::act),
                )
                .route(
                    &at("/office/registrations/{registration}/record"),
                    post(office_visit::receive),
                )
                .route(
                    &at("/office/registrations/{registration}/{act}"),
                    post(office_visit::receive),
                )
                .route(&at("/office/intake"), post(office_intake::take_in))
                .route(&at("/office/slip"), post(office_intake::handed_over))
        })
}

/// The posted fields: each name with everything sent under it.
#[derive(Debug, Default)]
pub(super) struct Posted(BTreeMap<String, Vec<String>>);

impl Posted {
    fn read(body: &Bytes) -> Self {
        let mut fields = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in form_urlencoded::parse(body) {
            fields
                .entry(name.into_owned())
                .or_default()
                .push(value.into_owned());
        }
        Self(fields)
    }

    fn one(&self, name: &str) -> &str {
        self.0
            .get(name)
            .and_then(|values| values.last())
            .map_or("", String::as_str)
    }

    /// The fields as a form of the domain; what the form does not know is left out.
    fn typed<F: DeserializeOwned + Default>(&self) -> F {
        let fields = self.0.iter().map(|(name, values)| {
            let value = match &values[..] {
                [one] => Value::from(one.as_str()),
                many => Value::from(many.to_vec()),
            };
            (name.clone(), value)
        });
        serde_json::from_value(Value::Object(fields.collect())).unwrap_or_default()
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

/// The language and county's base of a posted address.
fn base(path: &str, county: &str) -> String {
    Language::of_path(path).address(county, "")
}

/// An address of this site: one slash, then no other host.
fn own_address(address: &str) -> Option<&str> {
    let ours = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
    ours.then_some(address)
}

/// 303: what was posted is done, the page to look at is there.
fn see(address: &str) -> Response {
    let address = HeaderValue::try_from(address).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
