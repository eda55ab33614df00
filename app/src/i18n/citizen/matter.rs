use domain::clock::ClockKind;

use crate::i18n::{Language, texts};

texts! {
    MatterTexts {
        title: "我的事项", "My matter";
        number: "事项编号", "Matter number";
        standing: "现在到哪一步", "Where it stands";
        answer: "答复", "The answer";
        opinion: "答复意见（信访处理意见书）", "Answer (handling opinion)";
        transfer_notice: "转送告知", "Notice that it was passed on";
        acceptance_notice: "受理告知（信访事项受理告知书）", "Notice of acceptance";
        non_acceptance_notice: "不予受理告知（信访事项不予受理告知书）", "Notice of non-acceptance";
        on_spot_record: "接访记录", "Record of the reception";
        withdrawal_confirmation: "撤回确认", "Confirmation of withdrawal";
        person: "当事人", "Person concerned";
        received_on: "收到日期", "Received on";
        from_visit: "来自这次接访", "From this visit";
        print: "打印", "Print";
        decided: "结论", "Decision";
        full_text: "看全文", "Read the full text";
        signed_by: "签发", "Signed by";
        answered_mark: "已答复", "Answered";
        done_mark: "已落实", "Done";
        not_done_yet: "还没落实", "Not done yet";
        answer_withdrawn: "这份答复已撤销", "This answer was revoked";
        served_on: "送达", "Served";
        facts: "查明的情况和理由", "Facts and reasons";
        basis: "依据", "Legal basis";
        remedies: "您还可以怎么办", "What you can do next";
        promise: "承诺", "Promise";
        confirm_receipt: "我已收到这份答复", "I have received this answer";
        confirm_receipt_what: "按下后算正式送达，从今天起算 30 天内可以申请复查。只是看看不算。",
            "This counts as formal service: from today you have 30 days to ask for a review. Only looking does not count.";
        confirm_notice: "我已收到这份告知", "I have received this notice";
        confirm_notice_what: "按下后算正式送达。只是看看不算。", "This counts as formal service. Only looking does not count.";
        receipt_confirmed: "您已确认收到", "You confirmed receipt";
        review_right: "不同意这份答复，可以向上一级申请复查。", "If you disagree you may ask the next higher office for a review.";
        add_note: "补充说明", "Add something";
        add_note_hint: "写清楚的话会记在下面的经过里，随时可以补充。", "It is added to the history below. You can do this at any time.";
        send_note: "发送补充", "Send";
        note_sent: "补充已收到", "Your note was received";
        question: "我们想问您", "We would like to ask you";
        your_answer: "您的回答", "Your answer";
        send_answer: "发送回答", "Send the answer";
        still_open: "还没解决", "Not solved yet";
        settled_question: "当天的结果您认可吗？", "Does the result of the day settle it?";
        settled_yes: "解决了", "Yes, it is solved";
        withdraw: "撤回这件事", "Withdraw the matter";
        withdraw_what: "撤回后我们停止办理这件事，不能恢复；以后可以重新提出。",
            "We stop handling this matter and it cannot be undone; you may raise it again later.";
        withdraw_confirm: "确认撤回", "Withdraw";
        cancel_booking: "取消这次预约", "Cancel the booking";
        cancel_booking_what: "名额会让给别人。事情本身不取消，改按普通事项办理，除非您另外撤回。",
            "Your place goes to someone else. The matter itself stays and is handled as an ordinary one, unless you withdraw it.";
        booking_cancelled: "预约已取消", "The booking is cancelled";
        booking_cancelled_what: "名额已让出。事情本身没有取消，按普通事项办理。", "Your place was given up. The matter itself stays and is handled as an ordinary one.";
        not_done: "没有办成，什么都没有改变", "This was not done; nothing was changed";
        not_done_what: "情况可能刚刚变了。请看下面最新的状态，需要时再试一次，或打电话给我们。", "Things may have just changed. Please look at the state below and try again if needed, or call us.";
        done_note: "补充已收到", "Your note was received";
        done_answer: "您的回答已收到", "Your answer was received";
        done_acknowledge: "您已确认收到这份答复", "You confirmed that you received this answer";
        done_settle: "您的意见已收到", "What you said was received";
        done_settle_no: "您说还没解决，我们重新办理", "You said it is not solved; we take it up again";
        done_withdraw: "已撤回", "Withdrawn";
        decided_at_table: "接访当天说的", "What was said on the day";
        on_spot: "当场解决", "Settled on the spot";
        will_do: "承诺办到", "Promised to do";
        will_study: "承诺研究并答复", "Promised to look into and answer";
        cannot: "今天说明办不到", "Explained that it cannot be done";
        by: "期限", "By";
        you_said_settled: "您说：解决了", "You said: solved";
        you_said_open: "您说：还没解决", "You said: not solved yet";
        settle_until: "30 天内可以改。", "You can change this within 30 days.";
        cannot_acknowledge: "确认收到：答复还没有发出。", "Confirm receipt: there is no answer yet.";
        cannot_acknowledge_again: "确认收到：答复已经送达。", "Confirm receipt: the answer has been served.";
        cannot_withdraw: "撤回：这件事已经办结。有新情况可以补充说明，或提出新的事项。", "Withdraw: the matter has ended. You can add a note or raise a new matter.";
        cannot_settle: "评价当天结果：接访当天有结果的事项才有。", "Say whether it is settled: only for what was decided on the day of a visit.";
        cannot_review: "申请复查：收到答复后 30 天内可以。", "Ask for a review: within 30 days of receiving an answer.";
        cancel_booking_confirm: "确认取消预约", "Cancel the booking";
        history: "经过", "What has happened";
        documents: "文书", "Documents";
        contact: "联系", "Contact";
        who_can_read: "谁能看到这件事", "Who can read this";
        contacted: "有关单位和您的联系", "Contacts with you that were recorded";
        not_possible: "现在不能做", "Not possible now";
        new_matter: "提出新的事项", "Raise a new matter";
        empty: "还没有事项", "No matters yet";
        empty_what: "登记或写给我们以后，用查询码就能在这里看到进展。", "After you register or write to us, you see its progress here with your code.";
    }
}

texts! {
    /// One sentence for where a matter stands; who and when are added by the screen.
    StandingTexts {
        received: "我们已收到，正在看。", "We have received it and are reading it.";
        registered: "已登记，正在确定由谁办理。", "It is registered; we are deciding who handles it.";
        booked: "已预约接访。", "A reception is booked.";
        passed_on: "已转给负责的单位。", "It was passed to the office in charge.";
        accepted: "已受理，正在办理。", "It is accepted and being handled.";
        answered: "已答复。", "It is answered.";
        answered_not_done: "已答复，承诺的事还没落实。", "It is answered; what was promised is not done yet.";
        done: "已答复，承诺的事已落实。", "It is answered, and what was promised is done.";
        settled_on_the_day: "接访当天已解决。", "It was settled on the day of the visit.";
        not_accepted: "没有受理，原因和可以去的地方写在下面。", "It was not accepted; the reason and where to go are below.";
        withdrawn: "您已撤回。", "You withdrew it.";
        overdue: "已经超过答复日期，这是我们的责任。", "The answer is late. That is our responsibility.";
        nothing_to_do: "您现在不用做什么。", "You need not do anything now.";
        question_open: "我们有一个问题想问您，请在下面回答。", "We have a question for you; please answer below.";
        answer_to_read: "答复在下面，看过后可以按“我已收到”。", "The answer is below; when you have read it you can confirm receipt.";
        in_danger: "您说现在有人有危险：值班人员须在 2 个工作小时内查看。", "You said someone is in danger: the officer on duty must look within 2 working hours.";
    }
}

texts! {
    /// The headings of the timeline.
    TimelineTexts {
        filed: "您提出了这件事", "You raised the matter";
        registered: "登记", "Registered";
        classified: "确定类别", "Sorted";
        passed_on: "转给负责单位", "Passed to the office in charge";
        assigned: "交给负责单位限期办理", "Assigned with a date";
        accepted: "受理", "Accepted";
        received_in_person: "当面接待", "Received in person";
        settled_on_the_day: "当场解决", "Settled on the day";
        reopened: "您说还没解决，重新办理", "You said it is not solved; reopened";
        asked: "我们问您", "We asked you";
        you_answered: "您回答", "You answered";
        you_added: "您补充", "You added";
        answered: "答复", "Answered";
        notified: "发出告知书", "A notice was issued";
        notice_served: "告知书送达", "The notice was served";
        served: "答复送达", "The answer was served";
        handler_named: "确定了经办人", "Somebody was named to handle it";
        code_replaced: "查询码已更换，旧码作废", "The code was replaced; the old one has ended";
        access_granted: "您让一个人也能查看", "You let in one more person";
        access_revoked: "您收回了一个人的查看", "You ended one person's access";
        record_right: "您确认记录属实", "You confirmed that the record is right";
        record_wrong: "您没有确认记录", "You did not confirm the record";
        settled: "您说解决了", "You said it is solved";
        opened: "打开看过", "Opened";
        promised: "承诺", "Promised";
        milestone: "进展", "Progress";
        done: "落实", "Done";
        corrected: "更正", "Corrected";
        withdrawn_act: "撤销", "Revoked";
        not_accepted: "不予受理", "Not accepted";
        withdrawn: "您撤回", "You withdrew it";
        question_taken_back: "不再问您这个问题", "The question was taken back";
        readers_narrowed: "减少了可以查看的人", "Fewer people may read this";
        readers_widened: "增加了可以查看的人", "More people may read this";
        due: "应当答复", "Answer due";
    }
}

texts! {
    /// What the petitioner did, as officials read it.
    PetitionerTexts {
        filed: "本人提出", "Raised by the petitioner";
        reopened: "本人说还没解决，重新办理", "The person says it is not solved; reopened";
        asked: "问本人", "The person was asked";
        answered: "本人回答", "The person answered";
        added: "本人补充", "The person added";
        access_granted: "本人让一个人也能查看", "The person let in one more";
        access_revoked: "本人收回了一个人的查看", "The person ended somebody's access";
        record_right: "本人确认记录属实", "The person confirmed that the record is right";
        record_wrong: "本人没有确认记录", "The person did not confirm the record";
        settled: "本人说解决了", "The person says it is solved";
        withdrawn: "本人撤回", "Withdrawn by the person";
        question_taken_back: "不再问这个问题", "The question was taken back";
    }
}

impl TimelineTexts {
    /// The same headings, of somebody else's matter.
    pub const fn to_officials(language: Language) -> Self {
        let said = PetitionerTexts::of(language);
        Self {
            filed: said.filed,
            reopened: said.reopened,
            asked: said.asked,
            you_answered: said.answered,
            you_added: said.added,
            access_granted: said.access_granted,
            access_revoked: said.access_revoked,
            record_right: said.record_right,
            record_wrong: said.record_wrong,
            settled: said.settled,
            withdrawn: said.withdrawn,
            question_taken_back: said.question_taken_back,
            ..*Self::of(language)
        }
    }
}

texts! {
    /// The small calendar behind a due date.
    DayCountTexts {
        how: "怎么算的", "How it is counted";
        event: "起", "start";
        not_counted: "不算", "not counted";
        paused: "暂停", "paused";
        passed_over: "顺延", "moved";
        due: "到期", "due";
        holiday: "休", "off";
        make_up: "班", "work";
        weekdays: "一 二 三 四 五 六 日", "Mo Tu We Th Fr Sa Su";
        legend: "起：收到的当天，不算在内；数字：第几天；休：法定放假；班：调休上班；到期那天放假的，顺延到放假后第一个工作日。",
            "start: the day itself, not counted; number: which day; off: public holiday; work: make-up working day. When the last day is a day off, it moves to the next working day.";
        special: "这段时间里的放假和调休", "Holidays and make-up days in between";
        working_days: "按工作日算", "Counted in working days";
        calendar_days: "按自然日算", "Counted in calendar days";
        provisional: "之后年份的放假安排还没有公布，公布后日期可能调整。", "The holidays of the years after are not published yet; the date may move.";
    }
}

/// "县交通局应在11月17日前答复。" · "The bureau must answer by 17 November."
pub fn who_by_when(language: Language, clock: ClockKind, unit: &str, day: &str) -> String {
    match (language, clock) {
        (Language::Chinese, ClockKind::Transfer) => {
            format!("{unit}应在{day}前转给负责的单位，或告诉您结果。")
        }
        (Language::Chinese, ClockKind::AcceptNotice) => {
            format!("{unit}应在{day}前告诉您受不受理。")
        }
        (Language::Chinese, _) => format!("{unit}应在{day}前答复。"),
        (Language::English, ClockKind::Transfer) => {
            format!(
                "{unit} must pass it to the office in charge, or tell you the result, by {day}."
            )
        }
        (Language::English, ClockKind::AcceptNotice) => {
            format!("{unit} must tell you by {day} whether it is accepted.")
        }
        (Language::English, _) => format!("{unit} must answer by {day}."),
    }
}

/// "不同意可以在12月3日前申请复查。" · "You can ask for a review until 3 December."
pub fn review_until(language: Language, day: &str) -> String {
    match language {
        Language::Chinese => format!("不同意这份答复，可以在{day}前向上一级申请复查。"),
        Language::English => {
            format!("If you disagree you can ask the next higher office for a review until {day}.")
        }
    }
}

/// "已经超过 3 天" · "3 days late".
pub fn days_late(language: Language, days: u32) -> String {
    match (language, days) {
        (Language::Chinese, days) => format!("已经超过 {days} 天"),
        (Language::English, 1) => "1 day late".to_owned(),
        (Language::English, days) => format!("{days} days late"),
    }
}

/// What was decided at the table: the kind of answer, its words, and the day that was promised.
pub fn decided(language: Language, word: &str, what: &str, by: Option<String>) -> String {
    match (language, by) {
        (Language::Chinese, Some(by)) => format!("{word}（{by}前）：{what}"),
        (Language::English, Some(by)) => format!("{word} (by {by}): {what}"),
        (Language::Chinese, None) => format!("{word}：{what}"),
        (Language::English, None) => format!("{word}: {what}"),
    }
}
