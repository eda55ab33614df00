use leptos::prelude::*;

use super::sample::{QR_PATH, QR_SIZE, Sample};
use crate::{
    components::*,
    i18n::{citizen, common, common::StateTexts, use_language},
};

/// States, seals, slip, codes, insets.
pub(super) fn marks(texts: &'static Sample) -> AnyView {
    let language = use_language();
    let states = StateTexts::of(language);
    view! {
        <h2>{texts.marks}</h2>
        <div class="row">
            <StatusMark state=State::Waiting word=states.waiting/>
            <StatusMark state=State::DueSoon word=states.due_soon/>
            <StatusMark state=State::Overdue word=states.overdue/>
            <StatusMark state=State::Answered word=states.answered/>
            <StatusMark state=State::Done word=states.done/>
        </div>
        <div class="row">
            <Seal kind=SealKind::Promised word=states.promised day=texts.day/>
            <Seal kind=SealKind::Kept word=states.kept day=texts.day/>
        </div>
        <div class="slip stack-close">
            <SlipNumber label=texts.serial number="128"/>
            <p>{citizen::room_and_number(language, 3, 12)}</p>
            <p>{citizen::come_at(language, "09:45")}</p>
            <StatusMark state=State::Answered word=states.confirmed/>
            <p>
                <CodeDisplay code="4027319586"/>
            </p>
            <QrCode path=QR_PATH size=QR_SIZE label=texts.qr>
                <CodeDisplay code="4027319586"/>
            </QrCode>
        </div>
        <p>
            <CodeDisplay code="K7M2QX4TVW9HJ3RPCD8FYB6NAE"/>
        </p>
        <p>{common::place_in_line(language, 3)}</p>
        <Inset title=texts.inset>{texts.inset_what}</Inset>
        <Inset title=texts.warning kind=InsetKind::Warning>{texts.warning_what}</Inset>
        <LiveRegion text=Signal::stored(states.received.to_owned())/>
    }
    .into_any()
}
