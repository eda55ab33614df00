use domain::{
    case::IssueOutcome,
    registration::{NoSession, RegistrationStatus},
};

use crate::i18n::{Language, day_with_year, texts};

texts! {
    /// Visits, and those who come on the day.
    VisitTexts {
        visits: "接访", "Visits";
        none_yet: "还没有接访", "No visit yet";
        none_yet_what: "新公告写好、由另一位审核人批准后，会列在这里。", "A notice is listed here once it is written; another person approves it.";
        day: "日期", "Day";
        visit: "接访", "Visit";
        title: "接访登记", "Registrations of a visit";
        expected: "未到", "Expected";
        arrived: "已到", "Arrived";
        finished: "已接待", "Received";
        became_case: "已转为事项", "Made a case";
        waitlisted: "候补", "Waiting list";
        cancelled: "本人已取消", "Cancelled by the person";
        serial: "登记号", "Number";
        ticket: "叫号", "Ticket";
        party: "来访人", "Party";
        people: "人数", "People";
        subject: "内容", "Subject";
        room: "接待室", "Room";
        every_room: "全部接待室", "Every room";
        time: "时间", "Time";
        state: "状态", "State";
        status: "按状态看", "By state";
        all: "全部", "All";
        find: "查找", "Look up";
        find_hint: "登记号、叫号、临时编号，或完整的姓名、电话", "A number, a ticket, a provisional number, or a whole name or telephone number";
        refresh: "刷新", "Refresh";
        none_fit: "没有符合的登记", "No registration fits";
        registration: "登记", "Registration";
        to_the_list: "回到名单", "Back to the list";
        what_to_do: "现在可以做的", "What can be done now";
        nothing: "现在没有要做的", "Nothing to do now";
        mark_arrived: "记为已到", "Mark arrived";
        how_many_came: "到了几个人", "How many came";
        change_room: "换接待室", "Change room";
        walk_in: "现场登记", "Walk-in";
        walk_in_what: "没有报名的人当场登记，叫号从 501 起，不占报名的号。", "For those who did not register. Tickets start at 501.";
        walk_in_send: "登记并打印回执", "Register and print the slip";
        contact: "接访前联系过登记人", "Contacted before the visit";
        contact_what: "联系的事由", "What it was about";
        contact_note: "记下联系", "Note the contact";
        contact_sees: "登记人会在自己的回执上看到联系的时间和事由。", "The person reads on their own slip when they were contacted and why.";
        names_masked: "接访开始前，姓名和联系方式是遮住的。打开会留下记录：谁、什么时候看的。", "Until the visit begins names and telephone numbers are masked. Opening them is recorded: who and when.";
        names_show: "显示姓名和联系方式", "Show name and contact";
        names_shown: "接访前谁看过姓名", "Who opened the names before the visit";
        contacts: "接访前的联系", "Contacts before the visit";
        end: "没有接待", "Not received";
        end_why: "为什么没有接待", "Why";
        end_do: "转为普通事项办理", "Go on as an ordinary matter";
        end_sees: "这件事会转为普通事项继续办理，登记人用原来的查询码查看进展。", "The matter goes on as an ordinary one; the person follows it with the same code.";
        no_show: "没有来", "Did not come";
        redirected: "不属于这次接访", "Not for this visit";
        visit_cancelled: "接访取消", "The visit was cancelled";
        not_reached: "候补没有轮到", "The waiting list did not come to it";
        record: "记录结果", "Record the result";
        record_title: "接待记录", "Record of the session";
        record_for: "来访人", "Party";
        leader: "接访领导", "Leader";
        request: "诉求", "Request";
        outcome: "领导的答复", "What the leader said";
        words: "决定、承诺或理由", "The decision, promise or reason";
        by: "几号前", "By";
        by_hint: "承诺办到或研究的，写明日期", "The day, for a promise";
        another: "再加一项诉求", "One more request";
        resolved: "当场解决", "Settled on the spot";
        will_do: "承诺办到（日期）", "Promise to do (date)";
        will_study: "承诺研究并答复（日期）", "Promise to study and answer (date)";
        not_possible: "今天说明办不到（理由）", "Said today it cannot be done (reason)";
        promised: "承诺办到", "Promised";
        to_study: "承诺研究并答复", "Will study and answer";
        cannot: "办不到，理由", "Not possible, because";
        choose: "请选择", "Please choose";
        plain: "一句话记录", "The record in one plain sentence";
        plain_hint: "150 字以内：定了什么，谁在几号前做什么", "At most 150 characters: what was decided, who does what by when";
        handed_over: "记录已当面交给本人，签名或按手印", "Handed over, with signature or thumb";
        handed_over_hint: "全部当场解决并确认无误时，当面交付就是答复的送达；其余的等正式答复再送达", "Where all was settled and confirmed, this serves the answer; the rest is served with its answer later";
        read_aloud: "请把记录念给来访人听，由来访人选：", "Read the record aloud; the person chooses:";
        record_right: "记录无误", "The record is right";
        record_not_right: "不确认", "Not confirmed";
        record_sees: "每项诉求和领导的答复；当场全部解决并确认无误的，这份记录就是答复。算不算解决，由本人 30 天内在自己的页面上说。", "Each request with what the leader said. Where all was settled and confirmed, the record is the answer. Whether it is settled, the person says within 30 days on their own page.";
        slip: "接待结果单", "Result of the session";
        receipt: "登记回执", "Slip";
        print: "打印", "Print";
        print_slip: "打印结果单", "Print the result";
        print_receipt: "打印回执", "Print the slip";
        number: "事项编号", "Case number";
        confirmed: "本人确认记录无误", "Confirmed by the person";
        not_confirmed: "本人不确认记录", "Not confirmed by the person";
        served_on: "当面交付", "Handed over on";
        follow_what: "用登记时的查询码和四位数字可以查看进展和答复；算不算解决，由您自己说。", "With the code and your four digits you follow the matter and read the answer. Whether it settles the matter is yours to say.";
        signature: "签名或手印", "Signature or thumb";
        before_visit: "接访开始前只有指定人员能看登记名单，这里是各类件数。", "Until the visit begins only its named officers see who registered; here are the counts by subject.";
        sealed: "保密件：只有指定的人能看内容", "Sealed: only its named readers can read it";
        untold: "还没告知", "Not told yet";
        figures: "当天数字", "Figures of the day";
        registered: "登记（批）", "Registered";
        batches: "接待（批次）", "Parties received";
        person_visits: "来访（人次）", "Person-visits";
        issues_settled: "当场解决（个）", "Issues settled on the spot";
        walk_ins: "其中现场登记", "Of these walk-ins";
        no_shows: "没有来", "Did not come";
        none: "还没有人登记", "Nobody has registered yet";
        none_what: "公告发布后，登记会按先后列在这里。", "After publication, registrations are listed here in order.";
    }
}

/// Where a registration stands, as the desk says it.
pub const fn registration_status(language: Language, status: RegistrationStatus) -> &'static str {
    let texts = VisitTexts::of(language);
    match status {
        RegistrationStatus::Confirmed => texts.expected,
        RegistrationStatus::Waitlisted => texts.waitlisted,
        RegistrationStatus::Cancelled => texts.cancelled,
        RegistrationStatus::Arrived => texts.arrived,
        RegistrationStatus::Done => texts.finished,
        RegistrationStatus::BecameCase => texts.became_case,
    }
}

/// Why there was no session.
pub const fn no_session(language: Language, why: NoSession) -> &'static str {
    let texts = VisitTexts::of(language);
    match why {
        NoSession::NoShow => texts.no_show,
        NoSession::Redirected => texts.redirected,
        NoSession::VisitCancelled => texts.visit_cancelled,
        NoSession::NotReached => texts.not_reached,
    }
}

/// What the leader said, with its words and day.
pub fn outcome_in_words(language: Language, outcome: &IssueOutcome) -> String {
    let texts = VisitTexts::of(language);
    let until = |day| match language {
        Language::Chinese => format!("（{}前）", day_with_year(language, day)),
        Language::English => format!(" (by {})", day_with_year(language, day)),
    };
    match outcome {
        IssueOutcome::ResolvedOnSpot { decision } => format!("{}：{decision}", texts.resolved),
        IssueOutcome::WillDo { promise, by } => {
            format!("{}：{promise}{}", texts.promised, until(*by))
        }
        IssueOutcome::WillStudy { promise, by } => {
            format!("{}：{promise}{}", texts.to_study, until(*by))
        }
        IssueOutcome::NotPossible { reason } => format!("{}：{reason}", texts.cannot),
    }
}

/// "第 2 项诉求" · "Request 2".
pub fn request_number(language: Language, number: usize) -> String {
    match language {
        Language::Chinese => format!("第 {number} 项诉求"),
        Language::English => format!("Request {number}"),
    }
}

/// "3号室 12号" · "Room 3, 12".
pub fn ticket_words(language: Language, room: u8, number: u16) -> String {
    match language {
        Language::Chinese => format!("{room}号室 {number}号"),
        Language::English => format!("Room {room}, {number}"),
    }
}
