use crate::i18n::{Language, texts};

texts! {
    /// Letting in one more person.
    AccessTexts {
        title: "让家人或代办员也能看", "Let family or an agent see it too";
        what: "对方用自己的查询码和四位数字，只能查看和补充。撤回、确认收到和评价还是由您本人来做，随时可以收回。",
            "They get a code and four digits of their own, and can read and add. Withdrawing, confirming and rating stay with you, and you can end it at any time.";
        who: "给谁看", "Who";
        name: "对方的姓名", "Their name";
        relative: "家人或亲友", "Family or a friend";
        representative: "代表", "A representative";
        agent: "代办员", "A village agent";
        until: "看到哪一天", "Until which day";
        until_hint: "最长一年，到期自动失效", "A year at most; it then ends by itself";
        pin: "给对方选四位数字", "Choose four digits for them";
        pin_hint: "和查询码一起用。请当面告诉对方，不要和查询码写在一起。", "Used together with the code. Tell them in person, and do not write both in one place.";
        give: "生成查询码", "Make the code";
        can_see: "除了您，还有这些人能看", "Besides you these people can see it";
        take_back: "收回", "End it";
        code: "给这个人的查询码", "The code for this person";
        code_what: "请现在抄给对方，退出后不再显示。", "Write it down for them now; it is not shown again after you leave.";
        full: "最多让 5 人查看。要添加别人，请先收回一个。", "Five people at most. To add another, end one first.";
        granted: "可以看了，查询码在下面", "Done; the code is below";
        revoked: "已收回，对方的查询码已作废", "Ended; their code opens nothing any more";
        day: "请选今天到一年内的一天", "Choose a day from today to a year ahead";
        who_needed: "请选择给谁看", "Choose who";
    }
}

/// "看到12月31日" · "until 31 December".
pub fn seen_until(language: Language, day: &str) -> String {
    match language {
        Language::Chinese => format!("看到{day}"),
        Language::English => format!("until {day}"),
    }
}
