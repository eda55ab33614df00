use crate::i18n::texts;

texts! {
    MatterTexts {
        title: "我的事项", "My matter";
        number: "事项编号", "Matter number";
        standing: "现在到哪一步", "Where it stands";
        answer: "答复", "The answer";
        opinion: "答复意见（信访处理意见书）", "Answer (handling opinion)";
        decided: "结论", "Decision";
        full_text: "看全文", "Read the full text";
        signed_by: "签发", "Signed by";
        answered_mark: "已答复", "Answered";
        done_mark: "已落实", "Done";
        not_done_yet: "还没落实", "Not done yet";
        promise: "承诺", "Promise";
        confirm_receipt: "我已收到这份答复", "I have received this answer";
        confirm_receipt_what: "按下后算正式送达，从今天起算 30 天内可以申请复查。只是看看不算。",
            "This counts as formal service: from today you have 30 days to ask for a review. Only looking does not count.";
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
        withdraw_what: "撤回后我们停止办理，不能恢复；以后可以重新提出。请再填一次四位数字。",
            "We stop handling it and this cannot be undone; you may raise it again later. Please enter your four digits once more.";
        withdraw_confirm: "确认撤回", "Withdraw";
        cancel_booking: "取消这次预约", "Cancel the booking";
        cancel_booking_what: "名额会让给别人。事情本身不取消，改按普通事项办理，除非您另外撤回。",
            "Your place goes to someone else. The matter itself stays and is handled as an ordinary one, unless you withdraw it.";
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
        served: "答复送达", "The answer was served";
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
