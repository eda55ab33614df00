use domain::clock::ClockKind;

use crate::i18n::{Language, texts};

texts! {
    CaseTexts {
        title: "事项", "Case";
        facts: "基本情况", "Facts";
        petitioner: "信访人", "Petitioner";
        filer: "反映人", "Filed by";
        contact: "联系方式", "Contact";
        representatives: "代表", "Representatives";
        restricted: "不想让其知道的人", "Must not know";
        channel: "渠道", "Channel";
        received_on: "收到日期", "Received on";
        entered_on: "录入日期", "Entered on";
        category: "类别", "Category";
        issues: "诉求", "Issues";
        unit: "承办单位", "Unit in charge";
        handler: "承办人", "Handler";
        clocks: "期限", "Dates";
        readers: "可查看的人", "Readers";
        national_number: "国家信访系统编号", "National register number";
        history: "经过", "History";
        what_to_do: "可以做的事", "What you can do";
        nothing_to_do: "现在没有需要您做的", "Nothing for you to do now";
        sealed: "保密事项", "Sealed matter";
        closed_until_read: "分类前只有信访局收件人员能看", "Until classified, only intake officers can read it";
        copy_sheet: "录入抄单", "Copy sheet for the register";
    }
}

texts! {
    /// What an official can do with a case, and what each act asks for.
    CaseActionTexts {
        classify: "确定类别", "Classify";
        suggestion: "建议意见", "Suggestion";
        accusation: "检举控告", "Accusation";
        appeal: "申诉求决", "Appeal";
        transfer: "转送", "Transfer";
        transfer_to: "转给哪个单位", "To which unit";
        assign: "交办", "Assign";
        assign_due: "要求办结日期", "Report due";
        accept: "受理", "Accept";
        not_accept: "不予受理", "Do not accept";
        where_to_go: "可以去哪里反映", "Where the person can go";
        draft: "起草答复", "Draft the answer";
        plain: "一句话答复", "The answer in plain words";
        plain_hint: "150 字以内：结论是什么，谁在几号前做什么，您接下来可以怎么办", "At most 150 characters: what was decided, who does what by when, what the person can do next";
        full: "答复意见（信访处理意见书）", "Handling opinion";
        facts: "查明的事实", "Facts found";
        basis: "依据", "Legal basis";
        disposition: "处理结论", "Disposition";
        support: "支持", "Supported";
        explain: "解释说明", "Explained";
        not_support: "不支持", "Not supported";
        commitment: "承诺办到（日期）", "Promise to do (date)";
        commitment_reply: "承诺研究并答复（日期）", "Promise to study and answer (date)";
        commitment_no: "今天说明办不到（理由）", "Said today it cannot be done (reason)";
        sign: "签发", "Sign";
        sign_what: "签发后不能改，只能更正或撤销。", "Once signed it cannot be changed, only corrected or revoked.";
        issue: "发出", "Issue";
        service: "记录送达", "Record service";
        by_hand: "当面交付，签名或按手印", "By hand, with signature or thumb";
        by_post: "邮寄，有送达回证", "By post, with return slip";
        by_visit: "上门，有送达回证", "At home, with return slip";
        served_on: "送达日期", "Served on";
        ask: "问当事人", "Ask the citizen";
        ask_by: "希望几号前回答", "Answer wanted by";
        correct: "更正", "Correct";
        revoke: "撤销", "Revoke";
        successor: "代替它的文书", "Replaced by";
        widen: "增加可查看的人", "Let more people read";
        enter_number: "填国家系统编号", "Enter the register number";
        record_contact: "记录联系", "Record a contact";
        done: "记为已落实", "Mark as done";
        publish: "建立公共事项", "Make it a public matter";
        confirm: "确认", "Confirm";
    }
}

texts! {
    CaseErrors {
        category: "请选择类别", "Choose a category";
        unit: "请选择单位", "Choose a unit";
        accused_unit: "不能转给被反映的人或单位", "It cannot go to the person or unit it is about";
        plain_missing: "没有一句话答复，不能签发", "It cannot be signed without the answer in plain words";
        plain_too_long: "一句话答复超过 150 字，请再短一些", "The plain answer is over 150 characters; please shorten it";
        own_draft: "起草人不能签发自己起草的答复，请由另一位负责人签发", "You drafted this answer, so another person must sign it";
        due_before_today: "日期不能早于今天", "The date cannot be before today";
        reason: "请写明理由", "Give the reason";
        changed: "别人刚刚改过这件事。下面是最新情况，您填的内容还在。", "Someone has just changed this case. This is the newest state; what you typed is kept.";
    }
}

texts! {
    /// The dates of a case.
    ClockTexts {
        transfer: "转送期限", "Pass on by";
        accept_notice: "告知是否受理", "Say whether it is accepted by";
        handle: "书面答复期限", "Answer in writing by";
        other: "期限", "Due by";
    }
}

/// What a clock is for.
pub const fn clock_name(language: Language, kind: ClockKind) -> &'static str {
    let texts = ClockTexts::of(language);
    match kind {
        ClockKind::Transfer => texts.transfer,
        ClockKind::AcceptNotice => texts.accept_notice,
        ClockKind::Handle => texts.handle,
        _ => texts.other,
    }
}
