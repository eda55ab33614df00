//! The list of those to be told, and the words to say. They are for the citizen's ear: who, what,
//! by when.

use domain::{
    case::ReplyKind,
    person::ReachWay,
    registration::NoSession,
    tidings::{TellState, Telling, Tidings, TryResult},
};

use crate::i18n::{Language, clock, day, day_and_weekday, texts};

texts! {
    ToTellTexts {
        title: "待告知", "To tell";
        what: "每次变更、取消和答复都要告诉本人，直到告知为止。", "Every change, cancellation and answer is told to the person, until it is done.";
        first_check: "先问清接电话的是不是本人，再说内容。", "First make sure the person is on the line, then say it.";
        call: "打电话", "Call";
        text: "发短信", "Text message";
        through: "请人转告", "Through";
        asked_not: "本人要求不联系", "Asked not to be contacted";
        by_visit: "没有留电话，可以上门或请村里转告", "No number was left: visit, or ask the village";
        words: "这样说", "Words to say";
        told: "已告知", "Told";
        not_reached: "没联系上", "Not reached";
        wrong_number: "号码不对", "Wrong number";
        waiting: "等待告知", "To be told";
        given_up: "三次没联系上", "Not reached in three tries";
        since: "从", "Since";
        hours: "方便的时间：", "Hours that suit: ";
        case: "看这件事", "Open the case";
        one_visit: "只看一次接访的", "One visit only";
        all_visits: "看全部", "Show all";
        entered: "已记下结果。", "The result is entered.";
        gone: "这一条已经有人记过结果，没有再记一次。", "Somebody had entered a result already; nothing was entered twice.";
        later: "没有记下，请再按一次。", "It was not entered. Please press again.";
        none: "都告知了", "Everyone has been told";
        none_what: "有新的变更、取消或答复时，会列在这里。", "New changes, cancellations and answers are listed here.";
        none_given_up: "没有联系不上的人", "Nobody who could not be reached";
        none_told: "还没有告知过谁", "Nobody has been told yet";
    }
}

texts! {
    /// Documents as they are named to the citizen.
    DocumentTexts {
        transfer: "转送告知", "The notice of where it went";
        acceptance: "受理告知书", "The notice of acceptance";
        non_acceptance: "不予受理告知书", "The notice that it is not accepted";
        opinion: "答复意见（信访处理意见书）", "The answer";
        on_spot: "接访记录", "The record of the reception";
        withdrawal: "撤回确认", "The confirmation that you withdrew";
    }
}

/// "已试 2 次，共 3 次" · "2 of 3 tries".
pub fn tries_made(language: Language, made: u32) -> String {
    match language {
        Language::Chinese => format!("已试 {made} 次，共 3 次"),
        Language::English => format!("{made} of 3 tries"),
    }
}

/// A state in words.
pub fn tell_state(language: Language, state: TellState) -> &'static str {
    let texts = ToTellTexts::of(language);
    match state {
        TellState::Waiting => texts.waiting,
        TellState::Told => texts.told,
        TellState::NotReached => texts.given_up,
    }
}

/// What came of a try.
pub fn try_result(language: Language, result: TryResult) -> &'static str {
    let texts = ToTellTexts::of(language);
    match result {
        TryResult::Reached => texts.told,
        TryResult::NotReached => texts.not_reached,
        TryResult::WrongNumber => texts.wrong_number,
    }
}

/// What to say. Whoever passes it on hears nothing of the matter.
pub fn words_to_say(language: Language, telling: &Telling) -> String {
    if let ReachWay::Through { .. } = &telling.contact.way {
        let name = &telling.name;
        return match language {
            Language::Chinese => {
                format!("请转告{name}：登记的事有新的情况，请本人给我们打电话，或用查询码查看。")
            }
            Language::English => format!(
                "Please tell {name}: there is news about what was registered. Please call us, or look with the code."
            ),
        };
    }
    match language {
        Language::Chinese => in_chinese(&telling.tidings),
        Language::English => in_english(&telling.tidings),
    }
}

fn in_chinese(tidings: &Tidings) -> String {
    let zh = Language::Chinese;
    match tidings {
        Tidings::NoticeChanged { date, what } => {
            format!(
                "您登记的接访有变更：{what}。接访是{}。",
                day_and_weekday(zh, *date)
            )
        }
        Tidings::VisitCancelled { date, reason } => format!(
            "您登记的{}接访不举行了，原因：{reason}。您的事我们接着办，也可以登记下一次接访。",
            day(zh, *date)
        ),
        Tidings::PlaceConfirmed {
            date,
            time,
            ticket,
            venue,
        } => format!(
            "您候补的接访有位置了：{}{}到{venue}，{}号室{}号。来不了请取消，让给后面的人。",
            day_and_weekday(zh, *date),
            clock(*time),
            ticket.room,
            ticket.number
        ),
        Tidings::RoomChanged { date, room } => {
            format!(
                "{}接访，您的接待室改为{room}号室，时间不变。",
                day(zh, *date)
            )
        }
        Tidings::BecameCase { why } => {
            let why = match why {
                NoSession::NoShow => "接访那天没有等到您",
                NoSession::Redirected => "您的事不在那次接访的范围",
                NoSession::VisitCancelled => "接访取消了",
                NoSession::NotReached => "那次接访没有轮到您",
            };
            format!("{why}。您的事没有丢，已转为普通事项办理，用原来的查询码就能看到。")
        }
        Tidings::Issued { kind, plain } => format!(
            "{}发出了：{plain}全文用查询码查看，或到窗口来拿。",
            document(zh, *kind)
        ),
        Tidings::ReplyWithdrawn { kind, reason } => format!(
            "{}撤回了，原因：{reason}。以后以新的文书为准。",
            document(zh, *kind)
        ),
        Tidings::ServiceCorrected { on, reason } => format!(
            "送达日期更正为{}，原因：{reason}。期限从这一天重新算。",
            day(zh, *on)
        ),
        Tidings::Asked { text, by_date } => format!(
            "想请您补充：{text} 请在{}前告诉我们，现在电话里说也可以。",
            day(zh, *by_date)
        ),
        Tidings::ReadersWidened { reason } => {
            format!("可以查看您这件事的人增加了，原因：{reason}。具体是谁，用查询码能看到。")
        }
        Tidings::DecisionCorrected { reason } => {
            format!("接访那天的记录有一处更正，原因：{reason}。更正后的内容用查询码能看到。")
        }
        Tidings::QuestionTakenBack { reason } => {
            format!("之前请您补充的那一条不用再补充了，原因：{reason}。")
        }
        Tidings::ReadersNarrowed { reason } => {
            format!("可以查看您这件事的人减少了，原因：{reason}。")
        }
        Tidings::CodeReplaced => {
            "您的查询码换过了，原来的不能再用。不是您本人要换的，请马上告诉我们。".to_owned()
        }
    }
}

fn in_english(tidings: &Tidings) -> String {
    let en = Language::English;
    match tidings {
        Tidings::NoticeChanged { date, what } => format!(
            "The visit you registered for has changed: {what}. It is on {}.",
            day_and_weekday(en, *date)
        ),
        Tidings::VisitCancelled { date, reason } => format!(
            "The visit of {} will not take place: {reason}. We go on with your matter; you can also register for the next visit.",
            day(en, *date)
        ),
        Tidings::PlaceConfirmed { date, time, ticket, venue } => format!(
            "You have a place now: {} at {}, {venue}, room {}, number {}. If you cannot come, please cancel, so that the next person can.",
            day_and_weekday(en, *date),
            clock(*time),
            ticket.room,
            ticket.number
        ),
        Tidings::RoomChanged { date, room } => format!(
            "For the visit of {} your room is now {room}. The time is the same.",
            day(en, *date)
        ),
        Tidings::BecameCase { why } => {
            let why = match why {
                NoSession::NoShow => "We did not meet you on the day of the visit",
                NoSession::Redirected => "Your matter was outside what that visit could decide",
                NoSession::VisitCancelled => "The visit was cancelled",
                NoSession::NotReached => "Your turn did not come on that visit",
            };
            format!("{why}. Your matter is not lost: it goes on as an ordinary one, under the same code.")
        }
        Tidings::Issued { kind, plain } => format!(
            "{} has been issued: {plain} Read all of it with your code, or fetch it at the desk.",
            document(en, *kind)
        ),
        Tidings::ReplyWithdrawn { kind, reason } => format!(
            "{} was withdrawn: {reason}. What is issued later counts.",
            document(en, *kind)
        ),
        Tidings::ServiceCorrected { on, reason } => format!(
            "The day of service is corrected to {}: {reason}. Periods count from that day.",
            day(en, *on)
        ),
        Tidings::Asked { text, by_date } => format!(
            "We would like to know: {text} Please tell us by {}; now on the telephone is fine.",
            day(en, *by_date)
        ),
        Tidings::ReadersWidened { reason } => format!(
            "More people may read your matter now: {reason}. With your code you can see who."
        ),
        Tidings::DecisionCorrected { reason } => format!(
            "The record of your reception was corrected: {reason}. With your code you can read it."
        ),
        Tidings::QuestionTakenBack { reason } => {
            format!("You need not answer what we asked any more: {reason}.")
        }
        Tidings::ReadersNarrowed { reason } => {
            format!("Fewer people may read your matter now: {reason}.")
        }
        Tidings::CodeReplaced => {
            "Your code was replaced; the old one has ended. If it was not you who asked, tell us at once.".to_owned()
        }
    }
}

fn document(language: Language, kind: ReplyKind) -> &'static str {
    let texts = DocumentTexts::of(language);
    match kind {
        ReplyKind::TransferNotice => texts.transfer,
        ReplyKind::AcceptanceNotice => texts.acceptance,
        ReplyKind::NonAcceptanceNotice => texts.non_acceptance,
        ReplyKind::HandlingOpinion => texts.opinion,
        ReplyKind::OnSpotRecord => texts.on_spot,
        ReplyKind::WithdrawalConfirmation => texts.withdrawal,
    }
}
