use domain::{
    case::{Category, Channel, Disposition, ReplyKind, ReplyStatus, StatutoryPath},
    clock::{ClockKind, Period},
    filing::MatterKind,
    form::OutcomeKind,
    office::CaseActKind,
    readers::ReaderKey,
};

use crate::i18n::{Language, common::StateTexts, texts};

texts! {
    CaseTexts {
        title: "事项", "Case";
        facts: "基本情况", "Facts";
        state: "现在到哪一步", "Where it stands";
        petitioner: "信访人", "Petitioner";
        filer: "反映人", "Filed by";
        himself: "本人", "The petitioner";
        desk: "信访局代为登记", "Taken in by the office";
        contact: "联系方式", "Contact";
        representatives: "代表", "Representatives";
        restricted: "不想让其知道的人", "Must not know";
        channel: "渠道", "Channel";
        subject: "内容分类", "Subject";
        place: "事发地", "Place of the matter";
        words: "反映的事项", "The matter";
        in_person: "见面时说", "Will be told in person";
        received_on: "收到日期", "Received on";
        received_because: "收到日期的依据", "What that day rests on";
        entered_on: "录入日期", "Entered on";
        category: "类别", "Category";
        issues: "诉求", "Issues";
        unit: "承办单位", "Unit in charge";
        report_due: "要求办结日期", "Report due";
        handler: "承办人", "Handler";
        clocks: "期限", "Dates";
        readers: "可查看的人", "Readers";
        national_number: "国家信访系统编号", "National register number";
        replies: "答复和告知书", "Answers and notices";
        drafter: "起草", "Drafted by";
        signer: "签发", "Signed by";
        at_table: "接访领导当场确认", "Confirmed by the leader at the table";
        by_petitioner: "信访人本人", "The petitioner's own act";
        history: "经过", "History";
        what_to_do: "可以做的事", "What you can do";
        nothing_to_do: "现在没有需要您做的", "Nothing for you to do now";
        not_now: "现在不能做的，和原因", "What cannot be done now, and why";
        sealed: "保密事项", "Sealed matter";
        sealed_what: "只有指定的人员能看。不在任何名单、查询和统计里。", "Only the named readers see it. It is in no list, search or figure.";
        closed_until_read: "分类前只有信访局收件人员能看", "Until classified, only intake officers can read it";
        danger: "现在有人有危险", "Someone is in danger now";
        copy_sheet: "录入抄单", "Copy sheet for the register";
        record_right: "本人确认记录无误", "The person says the record is right";
        record_not_confirmed: "本人没有确认记录", "The person did not confirm the record";
        settles: "本人说解决了", "The person says it is settled";
        settles_not: "本人说还没解决", "The person says it is not settled";
        no_word: "本人还没有表示", "The person has not said";
        undecided: "当场没有决定", "Nothing was decided at the table";
        done: "已完成", "Done";
    }
}

texts! {
    /// How a clock was counted.
    CountTexts {
        how: "怎么算的", "How it was counted";
        make_up: "（调休上班）", "(make-up working day)";
        start: "起算（当天不算）", "Starts (the day itself is not counted)";
        rule: "规则", "Rule";
        last: "期限最后一天", "Last day of the period";
        moved: "遇休息日顺延", "Moved past days off";
        holidays: "期间的节假日和调休", "Holidays and make-up days on the way";
        due: "到期", "Due";
        met: "已完成", "Met";
        version: "规则与日历版本", "Rules and calendar";
    }
}

texts! {
    /// What an official can do with a case, and what each act asks for.
    CaseActionTexts {
        classify: "确定类别", "Classify";
        suggestion: "建议意见", "Suggestion";
        accusation: "检举控告（保密）", "Accusation (sealed)";
        accusation_what: "确定后只有指定人员能看；原来的短码作废，另发长码。", "Only the named readers will see it; the short code ends and a long one is issued.";
        petition: "申诉求决：信访程序", "Appeal: petition procedure";
        petition_what: "60 日内书面答复，可以申请复查", "Answered in writing within 60 days; review is possible";
        litigation: "申诉求决：诉讼、复议等程序", "Appeal: litigation, reconsideration";
        arbitration: "申诉求决：仲裁", "Appeal: arbitration";
        party_appeal: "申诉求决：党员申诉、申请复审", "Appeal: party-member appeal, re-trial";
        administrative: "申诉求决：行政裁决、许可、处罚等程序", "Appeal: administrative procedure";
        duty: "申诉求决：申请查处、履行法定职责", "Appeal: a request to investigate or protect";
        consultation: "咨询", "Question";
        thanks: "感谢", "Thanks";
        transfer: "转送", "Transfer";
        to_unit: "给哪个单位", "To which unit";
        assign: "交办", "Assign";
        assign_due: "要求办结日期", "Report due";
        accept: "受理", "Accept";
        not_accept: "不予受理", "Do not accept";
        where_to_go: "可以去哪里反映", "Where the person can go";
        resolved_on_spot: "当场解决", "Settled on the spot";
        commitment_day: "承诺的日期（承诺时填）", "The promised date (for a promise)";
        correct_decision: "更正接访记录", "Correct the record of the table";
        which_issue: "哪一个诉求", "Which issue";
        decided: "当时怎么定的", "What was decided";
        take_back: "收回一项操作", "Take something back";
        take_back_what: "收回哪一项", "What is taken back";
        question_was: "问题：", "Question: ";
        reader_was: "可查看的人：", "Reader: ";
        number_was: "编号：", "Number: ";
        name_handler: "指定承办人", "Name the handler";
        draft: "起草答复", "Draft the answer";
        redraft: "修改草稿", "Write the draft anew";
        plain_notice: "告知的一句话", "The notice in plain words";
        plain_notice_hint: "150 字以内：谁接着办，几号前有下文", "At most 150 characters: who goes on, and by when";
        plain: "一句话答复", "The answer in plain words";
        plain_hint: "150 字以内：结论是什么，谁在几号前做什么，您接下来可以怎么办", "At most 150 characters: what was decided, who does what by when, what the person can do next";
        full: "答复意见（信访处理意见书）", "Handling opinion";
        facts: "查明的事实", "Facts found";
        basis: "依据", "Legal basis";
        remedies: "不服怎么办", "What the person can do next";
        remedies_hint: "向哪里、在多少天内可以申请复查", "To whom, and within how many days, a review can be asked for";
        evidence: "证据材料", "Evidence";
        evidence_hint: "每行一件：文件、法条或有日期的记录", "One a line: a document, a statute or a dated note";
        disposition: "处理结论", "Disposition";
        support: "支持", "Supported";
        explain: "解释说明", "Explained";
        not_support: "不支持", "Not supported";
        commitment: "承诺办到（日期）", "Promise to do (date)";
        commitment_reply: "承诺研究并答复（日期）", "Promise to study and answer (date)";
        commitment_no: "今天说明办不到（理由）", "Said today it cannot be done (reason)";
        sign: "签发", "Sign";
        sign_what: "签发后不能改，只能更正或撤销。起草人不能签发。", "Once signed it cannot be changed, only corrected or revoked. The drafter cannot sign.";
        issue: "发出", "Issue";
        issue_what: "发出后群众能看到全文。", "Once issued, the citizen can read all of it.";
        service: "记录送达", "Record service";
        service_way: "怎么送达的", "How it was served";
        by_hand: "当面交付，签名或按手印", "By hand, with signature or thumb";
        by_post: "邮寄，有送达回证", "By post, with return slip";
        by_visit: "上门，有送达回证", "At home, with return slip";
        slip: "送达回证编号（邮寄、上门填）", "Return slip number (post or visit)";
        served_on: "送达日期", "Served on";
        ask: "问当事人", "Ask the citizen";
        question: "想问什么", "What to ask";
        ask_by: "希望几号前回答", "Answer wanted by";
        correct: "更正送达", "Correct the service";
        revoke: "撤销答复", "Revoke an answer";
        revoke_what: "撤销后位置、日期和理由留在经过里，正文群众看不到了。不能恢复。", "Its place, date and reason stay in the history; the text can no longer be read. This cannot be undone.";
        successor: "代替它的文书", "Replaced by";
        widen: "增加可查看的人", "Let more people read";
        reader: "让谁可以看", "Who may read";
        enter_number: "填国家系统编号", "Enter the register number";
        national_system: "国家信访系统", "National register";
        system: "系统", "Register";
        number: "编号", "Number";
        number_on: "录入日期", "Entered on";
        replace_code: "补发查询码", "Replace a lost code";
        replace_what: "原来的码马上作废。新码只显示一次，请打印交给本人。", "The old code ends at once. The new one is shown once: print it and hand it over.";
        replace_how: "怎么核对的身份", "How the person was identified";
        replace_desk: "到窗口，核对身份证", "At the desk, with ID card";
        replace_call: "拨打登记的号码回电核对", "By calling back the number on record";
        new_pin: "本人新选的四位数字", "The four digits the person chose";
        commit: "确认", "Confirm";
        save_draft: "保存草稿", "Save the draft";
        commit_sign: "确认签发", "Sign it";
        commit_issue: "确认发出", "Issue it";
        commit_revoke: "确认撤销", "Revoke it";
        choose: "请选择", "Please choose";
    }
}

texts! {
    /// What the citizen will see of an act, in the office's words.
    SeenTexts {
        sees_plain: "事项页最上面会显示这句话，并可以看到告知书：", "At the top of the matter stands this sentence, with the notice:";
        sees_plain_empty: "（写好后显示在这里）", "(what you write appears here)";
        sees_classify: "经过里多一条“确定类别”。具体类别不显示。", "One more entry in the history: “Sorted”. The category itself is not shown.";
        sees_handler: "什么都不显示；承办人的姓名不公开。", "Nothing; the handler's name is not shown.";
        sees_draft: "还看不到。签发并发出后，最上面会显示这句话：", "Nothing yet. Once signed and issued, this sentence stands at the top:";
        sees_sign: "还看不到。发出以后才能看到。", "Nothing yet; only once it is issued.";
        sees_issue: "已答复，最上面是这句话，下面是全文：", "Answered: this sentence at the top, the full text below:";
        sees_service: "经过里写明送达的日期，从这天起算申请复查的期限。", "The history says when it was served; the time to ask for a review runs from that day.";
        sees_correct: "经过里写明更正后的送达日期和您写的理由。", "The history shows the corrected day and your reason.";
        sees_revoke: "答复的位置还在，写明撤销日期和您写的理由；正文看不到了。", "The answer's place stays with the day and your reason; its text is gone.";
        sees_ask: "事项页上会显示您的问题和希望回答的日期，可以直接回答。", "Your question and its date stand on the matter, with room to answer.";
        sees_widen: "经过里写明增加了可以查看的人，和您写的理由。", "The history says that more people may read it, and your reason.";
        sees_number: "什么都不显示。", "Nothing.";
        sees_decision: "经过里写明更正后的决定和您写的理由；原来的确认作废，请本人重新确认。", "The history shows the corrected decision and your reason; the earlier confirmation no longer counts.";
        sees_take_back: "经过里写明收回了什么和您写的理由；国家系统编号除外。", "The history shows what was taken back and your reason, except a register number.";
        sees_replace: "经过里写明换过查询码。", "The history says that the code was replaced.";
    }
}

texts! {
    CaseErrors {
        category: "请选择类别", "Choose a category";
        unit: "请选择单位", "Choose a unit";
        accused_unit: "不能转给被反映的人或单位", "It cannot go to the person or unit it is about";
        plain_missing: "没有一句话答复，不能签发", "It cannot be signed without the answer in plain words";
        plain_too_long: "一句话答复超过 150 字，请再短一些", "The plain answer is over 150 characters; please shorten it";
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

texts! {
    /// The documents.
    ReplyTexts {
        transfer: "转送（交办）告知", "Notice of transfer";
        acceptance: "受理告知书", "Notice of acceptance";
        non_acceptance: "不予受理告知书", "Notice of non-acceptance";
        opinion: "答复意见（信访处理意见书）", "Handling opinion";
        on_spot: "接访记录", "Record of the session";
        withdrawal: "撤回确认", "Confirmation of withdrawal";
        signed: "已签发，还没发出", "Signed, not issued yet";
        issued: "已发出，还没送达", "Issued, not served yet";
        served: "已送达", "Served";
        revoked: "已撤销", "Revoked";
    }
}

texts! {
    /// Who may read, and how it came.
    WhoTexts {
        intake: "信访局收件人员", "Intake officers";
        office: "信访局", "The petition office";
        agents: "代办员", "Village agents";
        online: "网上", "Online";
        counter: "来访", "Counter";
        call: "来电", "Call";
        letter: "来信", "Letter";
        agent: "代办", "Through an agent";
        visit: "接访", "At a visit";
        unknown: "其他", "Somebody else";
        request: "申诉求决", "A request to settle something";
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

/// "15 日" · "15 calendar days".
pub fn period(language: Language, period: Period) -> String {
    let days = period.length();
    match (language, period) {
        (Language::Chinese, Period::WorkingDays(_)) => format!("{days} 个工作日"),
        (Language::English, Period::WorkingDays(_)) => format!("{days} working days"),
        (Language::Chinese, _) => format!("{days} 日（自然日）"),
        (Language::English, _) => format!("{days} calendar days"),
    }
}

/// An act as its link and heading name it.
pub const fn act_name(language: Language, act: CaseActKind) -> &'static str {
    let texts = CaseActionTexts::of(language);
    match act {
        CaseActKind::Classify => texts.classify,
        CaseActKind::Transfer => texts.transfer,
        CaseActKind::Assign => texts.assign,
        CaseActKind::Accept => texts.accept,
        CaseActKind::NameHandler => texts.name_handler,
        CaseActKind::DraftReply => texts.draft,
        CaseActKind::SignReply => texts.sign,
        CaseActKind::IssueReply => texts.issue,
        CaseActKind::RecordService => texts.service,
        CaseActKind::NotAccept => texts.not_accept,
        CaseActKind::AskCitizen => texts.ask,
        CaseActKind::RecordExternal => texts.enter_number,
        CaseActKind::WidenReaders => texts.widen,
        CaseActKind::CorrectService => texts.correct,
        CaseActKind::WithdrawReply => texts.revoke,
        CaseActKind::ReplaceAccess => texts.replace_code,
        CaseActKind::CorrectDecision => texts.correct_decision,
        CaseActKind::TakeBack => texts.take_back,
    }
}

/// A category in words.
pub const fn category_name(language: Language, category: Category) -> &'static str {
    let texts = CaseActionTexts::of(language);
    match category {
        Category::Suggestion => texts.suggestion,
        Category::Accusation => texts.accusation,
        Category::Appeal(path) => match path {
            StatutoryPath::Petition => texts.petition,
            StatutoryPath::Litigation => texts.litigation,
            StatutoryPath::Arbitration => texts.arbitration,
            StatutoryPath::PartyAppeal => texts.party_appeal,
            StatutoryPath::Administrative => texts.administrative,
            StatutoryPath::Duty => texts.duty,
        },
        Category::Consultation => texts.consultation,
        Category::Thanks => texts.thanks,
    }
}

/// A document's name.
pub const fn reply_name(language: Language, kind: ReplyKind) -> &'static str {
    let texts = ReplyTexts::of(language);
    match kind {
        ReplyKind::TransferNotice => texts.transfer,
        ReplyKind::AcceptanceNotice => texts.acceptance,
        ReplyKind::NonAcceptanceNotice => texts.non_acceptance,
        ReplyKind::HandlingOpinion => texts.opinion,
        ReplyKind::OnSpotRecord => texts.on_spot,
        ReplyKind::WithdrawalConfirmation => texts.withdrawal,
    }
}

/// Where a document stands.
pub const fn reply_status(language: Language, status: ReplyStatus) -> &'static str {
    let texts = ReplyTexts::of(language);
    match status {
        ReplyStatus::Draft => StateTexts::of(language).draft,
        ReplyStatus::Signed => texts.signed,
        ReplyStatus::Issued => texts.issued,
        ReplyStatus::Served => texts.served,
        ReplyStatus::Withdrawn => texts.revoked,
    }
}

/// The three opinions of art. 32.
pub const fn disposition_name(language: Language, disposition: Disposition) -> &'static str {
    let texts = CaseActionTexts::of(language);
    match disposition {
        Disposition::Support => texts.support,
        Disposition::Explain => texts.explain,
        Disposition::NotSupport => texts.not_support,
    }
}

/// How a matter came.
pub const fn channel_name(language: Language, channel: Channel) -> &'static str {
    let texts = WhoTexts::of(language);
    match channel {
        Channel::Web => texts.online,
        Channel::Visit => texts.visit,
        Channel::Counter => texts.counter,
        Channel::Phone => texts.call,
        Channel::Letter => texts.letter,
        Channel::Agent => texts.agent,
    }
}

/// What the person wants, in the national register's words.
pub const fn kind_name(language: Language, kind: MatterKind) -> &'static str {
    let (texts, who) = (CaseActionTexts::of(language), WhoTexts::of(language));
    match kind {
        MatterKind::Request => who.request,
        MatterKind::Suggestion => texts.suggestion,
        MatterKind::Accusation => texts.accusation,
        MatterKind::Question => texts.consultation,
        MatterKind::Thanks => texts.thanks,
    }
}

/// A reader in words; units, places and officials are known by their names.
pub fn reader_name(
    language: Language,
    reader: &ReaderKey,
    named: impl Fn(&ReaderKey) -> Option<String>,
) -> String {
    let texts = WhoTexts::of(language);
    match reader {
        ReaderKey::Intake => texts.intake.to_owned(),
        ReaderKey::PetitionOffice => texts.office.to_owned(),
        ReaderKey::Agents => texts.agents.to_owned(),
        ReaderKey::Named(name) => name.to_string(),
        ReaderKey::Township(code) | ReaderKey::Village(code) => {
            named(reader).unwrap_or_else(|| code.to_string())
        }
        ReaderKey::Unit(_) | ReaderKey::Official(_) => {
            named(reader).unwrap_or_else(|| texts.unknown.to_owned())
        }
    }
}

/// What a leader can decide, in words.
pub const fn outcome_name(language: Language, outcome: OutcomeKind) -> &'static str {
    let texts = CaseActionTexts::of(language);
    match outcome {
        OutcomeKind::ResolvedOnSpot => texts.resolved_on_spot,
        OutcomeKind::WillDo => texts.commitment,
        OutcomeKind::WillStudy => texts.commitment_reply,
        OutcomeKind::NotPossible => texts.commitment_no,
    }
}
