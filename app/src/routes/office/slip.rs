//! The slip of a matter just taken in, to print and hand over. The code is shown this once.

use domain::code::AccessCode;
use leptos::prelude::*;
use sync::{
    query,
    view::{NewSlip, WorkRow},
};

use super::{
    frame::{address, office},
    worklist::table,
};
use crate::{
    components::*,
    i18n::{citizen::ReceiptTexts, office::IntakeTexts, use_language},
    repository::use_view,
};

#[component]
pub fn Slip() -> impl IntoView {
    let title = IntakeTexts::of(use_language()).saved;
    let view = use_view(|| query::NewSlip {});
    office(title, "/office/intake", view, show)
}

fn show(slip: Option<NewSlip>) -> AnyView {
    let texts = IntakeTexts::of(use_language());
    let Some(slip) = slip else {
        return view! {
            <EmptyState title=texts.no_slip>
                <p>{texts.no_slip_what}</p>
                <p><a href=address("/office/intake")>{texts.another}</a></p>
            </EmptyState>
        }
        .into_any();
    };
    let same = same_person(slip.same_person.clone());
    let case = address(&format!("/office/cases/{}", slip.case));
    view! {
        {paper(&slip)}
        <form class="row no-print" method="post" action=address("/office/slip")>
            <DeviceButton act=DeviceAct::Print word=texts.print/>
            <Button kind=ButtonKind::Secondary>{texts.handed_over}</Button>
        </form>
        <p class="no-print"><a href=case class="number">{slip.number.to_string()}</a></p>
        {same}
    }
    .into_any()
}

/// What is printed, on the width of a receipt printer's roll or a page.
fn paper(slip: &NewSlip) -> AnyView {
    let language = use_language();
    let (texts, receipt) = (IntakeTexts::of(language), ReceiptTexts::of(language));
    let site = use_site();
    let (label, what, code) = match &slip.code {
        AccessCode::Short(code) => (receipt.code, receipt.code_what, code.to_string()),
        AccessCode::Sealed(code) => (receipt.long_code, receipt.long_code_what, code.to_string()),
    };
    view! {
        <div class="slip roll stack-close">
            <p><b>{site.clone().heading()}</b></p>
            <p>{texts.slip_number} " " <span class="number">{slip.number.to_string()}</span></p>
            <p>{slip.name.masked()}</p>
            <p>{label}</p>
            <p><CodeDisplay code/></p>
            <p>{what}</p>
            <QrCode path=slip.qr_path.clone() size=slip.qr_size label=receipt.private_qr>
                {receipt.private_qr} " " <b>{receipt.private_qr_what}</b>
            </QrCode>
            <p>{receipt.next_ordinary}</p>
            <p>{receipt.code_lost} " " {site.telephone}</p>
        </div>
        <p class="mute no-print">{texts.once}</p>
    }
    .into_any()
}

/// Only what this official may see anyway.
fn same_person(rows: Vec<WorkRow>) -> Option<AnyView> {
    let texts = IntakeTexts::of(use_language());
    (!rows.is_empty()).then(|| {
        view! {
            <section class="stack-close no-print">
                <h2>{texts.same_person}</h2>
                {table(rows)}
            </section>
        }
        .into_any()
    })
}
