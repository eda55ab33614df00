//! Letting in one more person, and ending it: the petitioner's alone.

use axum::{
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{
    actor::Opened,
    citizen::CitizenCommand,
    form::{AccessForm, FormErrors},
    refusal::Refusal,
};
use sync::{ReadProblem, view};

use super::{Posted, base, case::carry_out, see, typed, with_cookie};
use crate::{
    clock,
    http::{AppState, cookies, reads::Viewer},
};

/// `POST …/mine/access/{grant|revoke}`.
pub async fn act(
    State(state): State<AppState>,
    Path(path): Path<std::collections::HashMap<String, String>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let page = format!("{}/mine", base(uri.path(), state.data.county.as_str()));
    let posted = Posted::read(&body);
    let act = path.get("act").map_or("", String::as_str);
    let opened = Viewer::of(&headers).opened(&state.data, clock::now()).await;
    let opens = match opened {
        Ok((holder, _)) => holder.opens,
        // Where the code is asked for.
        Err(ReadProblem::NotOpened) => return see(&page),
        Err(_) => return see(&format!("{page}?problem=later")),
    };
    let form: AccessForm = posted.typed();
    let refused = match command(act, opens, &form, &posted) {
        Ok(Some(command)) => match carry_out(&state, &headers, &posted, command).await {
            Ok(()) => {
                let page = see(&format!("{page}?done={act}#access"));
                return with_cookie(page, cookies::gone(cookies::TYPED));
            }
            Err(refused) => refused,
        },
        Ok(None) => return see(&page),
        // Something is to be put right in what was typed, and the page says what.
        Err(_) => None,
    };
    let typed = kept(act, &form, refused);
    typed::keep(&state, &typed, see(&format!("{page}?problem={act}#access"))).await
}

fn command(
    act: &str,
    opens: Opened,
    form: &AccessForm,
    posted: &Posted,
) -> Result<Option<CitizenCommand>, FormErrors> {
    Ok(match act {
        "grant" => Some(form.parse(opens)?),
        "revoke" => posted
            .one("grant")
            .parse()
            .ok()
            .map(|grant| CitizenCommand::RevokeAccess { opens, grant }),
        _ => None,
    })
}

/// What was typed, bounded; the four digits are typed anew.
fn kept(act: &str, form: &AccessForm, refused: Option<Refusal>) -> view::Typed {
    let short = |text: &str| text.chars().take(200).collect();
    view::Typed {
        act: act.to_owned(),
        case: None,
        text: String::new(),
        access: Some(AccessForm {
            who: short(&form.who),
            name: short(&form.name),
            until: short(&form.until),
            pin: String::new(),
        }),
        refused,
    }
}
