use domain::case::Procedure;

use crate::i18n::{Language, common::StateTexts, texts};

texts! {
    WorklistTexts {
        title: "办件", "Worklist";
        all: "全部", "All";
        unread: "未阅", "Unread";
        mine: "我的", "Mine";
        to_classify: "待分类", "To classify";
        to_assign: "待分派", "To assign";
        to_accept: "待受理", "To accept";
        in_handling: "办理中", "In handling";
        to_sign: "待签发", "To sign";
        to_serve: "待送达", "To serve";
        due_soon: "即将到期", "Due soon";
        overdue: "已超期", "Overdue";
        no_reply: "未答复", "No reply yet";
        no_result: "未落实", "No result yet";
        filters: "筛选", "Filters";
        state: "状态", "State";
        category: "类别", "Category";
        subject: "内容", "Subject";
        township: "乡镇街道", "Township";
        unit: "承办单位", "Unit";
        apply: "筛选", "Apply";
        clear: "清除筛选", "Clear filters";
        look_up: "查编号、姓名或电话", "Look up a number, name or telephone";
        look_up_hint: "须填完整，不支持部分匹配；临时编号也可以", "Complete only; parts are not matched. A provisional number will do";
        number: "编号", "Number";
        petitioner: "信访人", "Petitioner";
        about: "事项", "About";
        due: "期限", "Due";
        received: "收到", "Received";
        in_danger: "有人有危险", "Someone in danger";
        none: "没有符合条件的事项", "Nothing matches";
        none_what: "换一个筛选条件，或清除筛选查看全部。", "Change the filters, or clear them to see everything.";
        all_done: "都办好了", "All done";
        all_done_what: "新的事项收到后会出现在这里。", "New matters appear here when they arrive.";
    }
}

/// A state of the procedure in a word.
pub const fn procedure(language: Language, procedure: Procedure) -> &'static str {
    let texts = StateTexts::of(language);
    match procedure {
        Procedure::Registered => texts.received,
        Procedure::Transferred => texts.passed_on,
        Procedure::Assigned => texts.assigned,
        Procedure::Accepted => texts.accepted,
        Procedure::InHandling => texts.in_handling,
        Procedure::Replied => texts.answered,
        Procedure::NotAccepted => texts.not_accepted,
        Procedure::ResolvedOnSpot => texts.settled_on_the_day,
        Procedure::Withdrawn => texts.withdrawn,
    }
}

/// "还有 3 天" · "3 days left"; "超期 2 天" · "2 days overdue".
pub fn days_left(language: Language, days: i64) -> String {
    match (language, days) {
        (Language::Chinese, 0) => "今天到期".to_owned(),
        (Language::English, 0) => "due today".to_owned(),
        (Language::Chinese, 1..) => format!("还有 {days} 天"),
        (Language::English, 1) => "1 day left".to_owned(),
        (Language::English, 1..) => format!("{days} days left"),
        (Language::Chinese, _) => format!("超期 {} 天", -days),
        (Language::English, -1) => "1 day overdue".to_owned(),
        (Language::English, _) => format!("{} days overdue", -days),
    }
}

/// "显示 50 件，共 320 件" · "50 of 320".
pub fn shown_of(language: Language, shown: u32, total: u32) -> String {
    match language {
        Language::Chinese => format!("显示 {shown} 件，共 {total} 件"),
        Language::English => format!("{shown} of {total}"),
    }
}
