//! Why a form changed nothing, in words an official can act on. Every refusal of the domain has its
//! sentence here: a new one does not compile without.

use domain::{
    code::CodeProblem,
    form::FieldProblem,
    phone::PhoneProblem,
    refusal::{OpinionPart, Refusal},
    text::TextProblem,
};
use sync::{Rejection, view::NotDone};

use super::{NoticeEditorErrors, SignInTexts, case::CaseErrors};
use crate::i18n::{Language, citizen::too_long, common::ErrorTexts, day_with_year, moment, texts};

texts! {
    RefusalTexts {
        not_found: "没有这件事，或者您不能查看。", "There is no such thing, or it is not for you to see.";
        not_allowed: "您的岗位不能做这一步，或者这件事不在您的单位。", "Your roles do not include this, or the case is not with your unit.";
        own_draft: "起草人不能签发自己起草的答复，请由另一位负责人签发。", "You drafted this answer, so another person must sign it.";
        own_page: "不能批准自己编写的内容，请由另一位审核人批准。", "You cannot approve what you wrote; another person must approve it.";
        closed_to_reader: "信访人要求不让对方知道，或者这件事是保密的，不能交给或开放给它。请另选。", "The petitioner does not want them to know, or the matter is sealed. Please choose another.";
        malformed: "有一项内容系统不能接受，请检查后再试。", "Something here cannot be accepted; please check it and try again.";
        no_issue: "请至少写一项诉求。", "Write down at least one request.";
        disposition: "缺处理结论（支持、解释说明或不支持），不能签发。", "The disposition is missing (supported, explained or not supported).";
        facts: "缺查明的事实，不能签发。", "The facts are missing.";
        basis: "缺依据，不能签发。", "The legal basis is missing.";
        remedies: "缺“不服怎么办”的告知，不能签发。", "What the person can do next, and until when, is missing.";
        evidence: "缺证据材料，不能签发。", "A document, statute or dated note is missing.";
        not_open: "报名还没有开始：", "Registration has not begun; it opens ";
        closed: "报名已经截止：", "Registration closed ";
        visit_cancelled: "这次接访已经取消。", "This visit is cancelled.";
        visit_not_published: "这次接访还没有发布。", "This visit is not published yet.";
        not_visit_day: "只能在接访当天办理：", "This can only be done on the day of the visit: ";
        in_future: "日期不能晚于今天。", "The date cannot be after today.";
        in_past: "日期太早：不能早于今天，也不能早于上一步的日期。", "The date is too early: not before today, nor before the step it follows.";
        reason_needed: "收到日期早了一天以上，请写明依据（邮戳、登记簿）。", "The day of receipt is more than a day back: say what it rests on (postmark, paper book).";
        nothing_asked: "没有等待回答的问题。", "No question is open.";
        duplicate: "这件事已经在办理。", "This matter is being handled already.";
        not_fitting: "公告前后不一致，请检查：", "The notice contradicts itself; please check: ";
        not_now: "现在的状态不能这样做。", "This cannot be done in the present state.";
        same_id: "这张表已经发送过，内容不同，没有重复执行。请看最新情况；还需要办理的，从下面重新发送。", "This form was already sent with other content; nothing was done twice. Look at the newest state, and send again from below if it is still needed.";
        needs_you: "这一步是在另一次登录时填的，那次登录当时已经结束、已被收回或不是您的，所以没有执行。内容还在，请您核对后再发送。", "This was entered under another sign-in, which had ended, was revoked or is not yours, so nothing was done. It is still here: check it and send it again.";
        tablet_lost: "这台平板已经报失，里面的内容不再接收，并会自动清除。", "This tablet was reported lost: nothing is taken from it any more, and it wipes itself.";
        unreadable: "这张表没有读懂，什么都没有改变。请刷新页面再试。", "The form could not be read and nothing was changed. Please reload the page and try again.";
    }
}

texts! {
    /// What is wrong with one field.
    ProblemTexts {
        required: "请填写这一项", "Please fill this in";
        choice: "请选择一项", "Please choose one";
        unreadable: "有些字符无法保存，请删去后再试", "Some characters cannot be kept; please remove them";
        phone: "电话号码不对：手机 11 位，座机要加区号", "Not a telephone number: a mobile has 11 digits, a landline needs its area code";
        no_text: "座机收不到短信，请换手机号或改选打电话", "A landline receives no text messages; give a mobile or choose to call";
        code: "有一位数字不对，请核对", "One digit is not right; please check";
        id_number: "身份证号码不对，请核对 18 位号码", "The ID card number is not right; please check its 18 characters";
        representatives: "代表最多 5 人，请推选 5 名以内的代表", "At most 5 representatives: please choose up to five";
        people: "人数应是 1 到 999", "From 1 to 999 people";
        date: "日期不对，请按 2026-11-17 的样子填写", "Not a date; write it as 2026-11-17";
        time: "时间不对，请按 08:30 的样子填写", "Not a time; write it as 08:30";
        position: "位置不对，请填写经纬度", "Not a position in degrees";
        taken: "已经有同名的，请换一个", "This name is taken; please choose another";
        last_administrator: "至少要保留一名管理员，请先让另一位当管理员", "At least one administrator must remain; make another one first";
        does_not_fit: "和其他内容不一致，请核对", "This does not fit the rest; please check";
    }
}

texts! {
    /// States of the domain, as a refusal names them.
    StateNames {
        unclassified: "还没有确定类别", "not classified yet";
        registered: "已登记", "registered";
        transferred: "已转送", "passed on";
        assigned: "已交办", "assigned";
        accepted: "已受理", "accepted";
        in_handling: "办理中", "being handled";
        replied: "已答复", "answered";
        not_accepted: "不予受理", "not accepted";
        resolved: "当场解决", "settled on the day";
        withdrawn: "已撤回", "withdrawn";
        draft: "还是草稿", "still a draft";
        signed: "已签发", "signed";
        issued: "已发出", "issued";
        served: "已送达", "served";
        confirmed: "已确认", "confirmed";
        waitlisted: "候补", "on the waiting list";
        cancelled: "已取消", "cancelled";
        not_cancelled: "没有取消", "not cancelled";
        arrived: "已到", "arrived";
        done: "已完成", "done";
        became_case: "已转为事项", "a case already";
        proposed: "还没有公开", "not public yet";
        live: "已公开", "public";
        concluded: "已经结束", "over";
    }
}

/// Why nothing happened, beside what is wrong with single fields.
pub fn not_done(language: Language, why: &NotDone) -> Option<String> {
    let texts = RefusalTexts::of(language);
    Some(match why {
        NotDone::Fields { .. } => return None,
        NotDone::Changed => CaseErrors::of(language).changed.to_owned(),
        NotDone::Later => ErrorTexts::of(language).not_received_what.to_owned(),
        NotDone::Rejected { reason } => match reason {
            Rejection::Refused { refusal: why } => refusal(language, why),
            Rejection::SameIdOtherContent
            | Rejection::Replaced { .. }
            | Rejection::EarlierReceived { .. } => texts.same_id.to_owned(),
            Rejection::Unreadable { .. } => texts.unreadable.to_owned(),
            Rejection::NeedsYou => texts.needs_you.to_owned(),
            Rejection::TabletLost => texts.tablet_lost.to_owned(),
            Rejection::SignInNeeded => SignInTexts::of(language).signed_in_again.to_owned(),
        },
    })
}

/// A refusal as a sentence.
pub fn refusal(language: Language, why: &Refusal) -> String {
    let texts = RefusalTexts::of(language);
    match why {
        Refusal::NotFound => texts.not_found,
        Refusal::NotAllowed => texts.not_allowed,
        Refusal::SignerIsDrafter => texts.own_draft,
        Refusal::ApproverIsAuthor => texts.own_page,
        Refusal::ClosedToReader => texts.closed_to_reader,
        Refusal::Malformed { .. } => texts.malformed,
        Refusal::NoIssue => texts.no_issue,
        Refusal::OpinionIncomplete { part } => match part {
            OpinionPart::Disposition => texts.disposition,
            OpinionPart::Facts => texts.facts,
            OpinionPart::Basis => texts.basis,
            OpinionPart::Remedies => texts.remedies,
            OpinionPart::Evidence => texts.evidence,
        },
        Refusal::LeadTimeTooShort { .. } => NoticeEditorErrors::of(language).late,
        Refusal::NoticeInconsistent { field } => {
            return format!("{}{field}", texts.not_fitting);
        }
        Refusal::RegistrationNotOpen { opens } => {
            return format!("{}{}", texts.not_open, moment(language, *opens));
        }
        Refusal::RegistrationClosed { closed } => {
            return format!("{}{}", texts.closed, moment(language, *closed));
        }
        Refusal::VisitCancelled => texts.visit_cancelled,
        Refusal::VisitNotPublished => texts.visit_not_published,
        Refusal::NotInThisState { state } => return in_state(language, state),
        Refusal::NotVisitDay { date } => {
            return format!("{}{}", texts.not_visit_day, day_with_year(language, *date));
        }
        Refusal::InFuture => texts.in_future,
        Refusal::InPast => texts.in_past,
        Refusal::ReasonNeeded => texts.reason_needed,
        Refusal::NothingAsked => texts.nothing_asked,
        // A petitioner's own acts: no official meets these.
        Refusal::AccessDay { .. } => texts.malformed,
        Refusal::TooManyDelegates { .. } => texts.not_now,
        Refusal::Duplicate { .. } => texts.duplicate,
    }
    .to_owned()
}

/// What is wrong with a field.
pub fn problem(language: Language, wrong: &FieldProblem) -> String {
    let texts = ProblemTexts::of(language);
    match wrong {
        FieldProblem::Required
        | FieldProblem::Text(TextProblem::Empty)
        | FieldProblem::Phone(PhoneProblem::Empty) => texts.required,
        FieldProblem::NotAChoice => texts.choice,
        FieldProblem::Text(TextProblem::TooLong { count, max }) => {
            return too_long(language, *count, u32::try_from(*max).unwrap_or(u32::MAX));
        }
        FieldProblem::Text(TextProblem::ControlCharacter) => texts.unreadable,
        FieldProblem::Phone(
            PhoneProblem::MobileLength { .. } | PhoneProblem::Landline | PhoneProblem::Unknown,
        ) => texts.phone,
        FieldProblem::CannotReceiveText => texts.no_text,
        FieldProblem::Code(CodeProblem::Length { digits }) => {
            return digits_given(language, *digits);
        }
        FieldProblem::Code(CodeProblem::CheckDigit) => texts.code,
        FieldProblem::IdNumber => texts.id_number,
        FieldProblem::TooManyRepresentatives { .. } => texts.representatives,
        FieldProblem::PartySize => texts.people,
        FieldProblem::Number { min, max } => return number_between(language, *min, *max),
        FieldProblem::NotADate => texts.date,
        FieldProblem::NotATime => texts.time,
        FieldProblem::NotAPosition => texts.position,
        FieldProblem::TooMany { max } => return at_most_entries(language, *max),
        FieldProblem::Taken => texts.taken,
        FieldProblem::LastAdministrator => texts.last_administrator,
        FieldProblem::DoesNotFit => texts.does_not_fit,
        FieldProblem::Row { row, problem: why } => {
            return in_row(language, *row, &problem(language, why));
        }
    }
    .to_owned()
}

fn in_state(language: Language, state: &str) -> String {
    let not_now = RefusalTexts::of(language).not_now;
    match (language, state_name(language, state)) {
        (_, None) => not_now.to_owned(),
        (Language::Chinese, Some(name)) => format!("{not_now}现在是：{name}。"),
        (Language::English, Some(name)) => format!("{not_now} It is {name}."),
    }
}

/// The name of a state as [`Refusal::NotInThisState`] carries it; none for one that says nothing
/// to the person.
fn state_name(language: Language, state: &str) -> Option<&'static str> {
    let names = StateNames::of(language);
    Some(match state {
        "Unclassified" => names.unclassified,
        "Registered" => names.registered,
        "Transferred" => names.transferred,
        "Assigned" => names.assigned,
        "Accepted" => names.accepted,
        "InHandling" => names.in_handling,
        "Replied" => names.replied,
        "NotAccepted" => names.not_accepted,
        "ResolvedOnSpot" => names.resolved,
        "Withdrawn" => names.withdrawn,
        "Draft" => names.draft,
        "Signed" => names.signed,
        "Issued" => names.issued,
        "Served" => names.served,
        "Confirmed" => names.confirmed,
        "Waitlisted" => names.waitlisted,
        "Cancelled" => names.cancelled,
        "NotCancelled" => names.not_cancelled,
        "Arrived" => names.arrived,
        "Done" => names.done,
        "BecameCase" => names.became_case,
        "Proposed" => names.proposed,
        "Live" => names.live,
        "Concluded" => names.concluded,
        state if state.starts_with("Fulfilled") => names.done,
        _ => return None,
    })
}

/// "应是 4 位数字，现在是 3 位".
fn digits_given(language: Language, digits: usize) -> String {
    match language {
        Language::Chinese => format!("位数不对：现在是 {digits} 位，请核对"),
        Language::English => format!("Not the right number of digits: there are {digits}"),
    }
}

fn number_between(language: Language, min: u32, max: u32) -> String {
    match language {
        Language::Chinese => format!("请填 {min} 到 {max} 的整数"),
        Language::English => format!("A whole number from {min} to {max}"),
    }
}

fn at_most_entries(language: Language, max: usize) -> String {
    match language {
        Language::Chinese => format!("最多 {max} 项，请减少"),
        Language::English => format!("At most {max} fit; please remove some"),
    }
}

/// "第 2 行：…" · "Line 2: …".
fn in_row(language: Language, row: usize, problem: &str) -> String {
    match language {
        Language::Chinese => format!("第 {row} 行：{problem}"),
        Language::English => format!("Line {row}: {problem}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_named_so_that_the_official_knows_what_comes_first() {
        let why = Refusal::NotInThisState {
            state: "Unclassified".to_owned(),
        };
        let words = refusal(Language::Chinese, &why);
        assert!(words.ends_with("现在是：还没有确定类别。"), "{words}");
    }

    #[test]
    fn a_row_s_problem_names_its_row() {
        let wrong = FieldProblem::Row {
            row: 2,
            problem: Box::new(FieldProblem::NotADate),
        };
        assert!(problem(Language::English, &wrong).starts_with("Line 2: Not a date"));
    }
}
