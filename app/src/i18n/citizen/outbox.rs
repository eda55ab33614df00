use crate::i18n::{Language, texts};

texts! {
    /// What lies on this device and on which rung of the truth ladder it is.
    OutboxTexts {
        title: "本机上的内容", "On this phone";
        what: "您发出的内容先存在本机，开着本网站、有信号时就发出去。这里写明每一件到了哪一步。",
            "What you send is saved on this phone first, and sent while this site is open and there is a signal. Here you see how far each one is.";
        none: "没有等待发送的内容", "Nothing is waiting";
        none_what: "您从这台手机发出的内容会列在这里，直到收到回执。", "What you send from this phone is listed here until its receipt comes.";
        kept_what: "还没有发出。", "Not sent yet.";
        tried: "已发过，还没有收到回执", "Sent, no receipt yet";
        tried_what: "我们可能已经收到。会用同一个编号再发，不会变成两件。", "We may have it already. It is sent again under the same id and will not become two.";
        behind: "等前一件发出后再发", "Waits for the one before it";
        needs_you: "需要您看一下", "Needs you";
        open_again: "有信号时请再打开一次本页，也可以找代办员，或打电话给我们。", "When there is a signal, open this page once more; or ask a village agent, or call us.";
        by_itself: "有信号时，这个浏览器一般会自己发出去。稳妥起见，请再打开一次本页；也可以找代办员，或打电话给我们。", "When there is a signal, this browser usually sends it by itself. To be sure, open this page once more; or ask a village agent, or call us.";
        unsaved: "手机空间满了，还没有存下", "This phone is full: not saved yet";
        unsaved_what: "填的内容只在这一页里，请先不要关掉。可以接着填；有信号时照样能发；腾出空间后接着填，就会存下。", "What you filled in is on this page only: do not close it yet. You can go on, and send it where there is a signal; once there is room and you go on, it is saved.";
        shared: "您分享来的内容", "What you shared";
        shared_what: "开始登记后，会放进“什么事”里，您可以再改。", "Once you start, it is put under “What it is”, where you can change it.";
        in_app: "清理微信缓存会删掉未发送的内容，请先不要清理。", "Clearing the cache of this app deletes what is not sent yet. Please do not clear it.";
        send_now: "现在发送", "Send now";
        again: "再发一次", "Send again";
        provisional: "临时编号", "Provisional number";
        provisional_what: "还没有收到回执时，请记下它。我们收到以后，凭它能查到这一件；它不能用来看内容。", "Note it while there is no receipt. Once we have it, we find it by this number; it opens nothing.";
        edit: "修改后重新发送", "Edit and send again";
        no_room_to_edit: "手机空间满了，放不下改的这一份。请先腾出空间；原来的内容还在。", "This phone is full: there is no room for what you would change. Please make room first; what you wrote is still here.";
        not_my_phone: "这台手机存了这件事的查询码和上次看到的内容。手机不是您自己的，请用下面这个按钮退出。",
            "This phone keeps the code and what was seen last. If it is not your own, please leave with the button below.";
        leave_nothing: "退出，并从本机删除", "Leave, and delete it from this phone";
        forget: "从本机删除", "Delete from this phone";
        forget_what: "只删除这台手机上的这一份。我们已经收到的不受影响，凭查询码随时可以再看。请先把查询码抄下来。",
            "Only what is on this phone is deleted. What we received stays; with the code you can see it at any time. Please write the code down first.";
        discard: "不发了", "Do not send";
        discard_what: "从本机删除，不能恢复。这一件没有发出去过，或者没有被收下。", "It is deleted from this phone and cannot be brought back. It never left, or was not taken.";
        discard_yes: "确认删除", "Delete it";
        put_away: "从列表移走", "Put away";
        sent_already: "这一件已经发出，不能在这里删除。收到回执后可以撤回。", "This one was sent and cannot be deleted here. You can withdraw it once its receipt is here.";
        registration: "登记报名", "A registration";
        matter: "反映事项", "A matter";
        office_act: "办件", "An act on a matter, by the office";
        note: "对事项的补充或答复", "A message about a matter";
        withdrawal: "撤回事项", "Withdrawing a matter";
        cancellation: "取消预约", "Cancelling a booking";
        acknowledgement: "确认收到答复", "Confirming an answer";
        opinion: "对当天结果的意见", "What you say of the day's result";
        letting_in: "让一个人也能查看", "Letting one more person see it";
        taking_back: "收回一个人的查看", "Ending one person's access";
        let_in_code: "请抄给对方，再告诉对方您选的四位数字。从列表移走后不再显示。", "Write it down for them, and tell them the four digits you chose. It is not shown again once you put this away.";
        slip: "查看回执", "See the slip";
        opening: "正在打开回执", "Opening the slip";
        saved_at: "保存时间", "Saved at";
        request_only: "这是一份申请。有没有名额、登记号是多少，以我们收到后的回执为准；按到达先后排。",
            "This is a request. Whether there is a place, and your number, is what our receipt says; the order is that of arrival.";
        no_storage: "这个浏览器不能在本机保存内容（可能是无痕模式）。有信号时一切照常；没有信号时存不下您填写的内容。",
            "This browser keeps nothing on this phone (private mode, perhaps). With a signal everything works; without one, what you type cannot be kept.";
        newer: "另一个窗口已经用上新版本。请关掉本页再打开一次，内容都还在。", "Another window runs a newer version. Close this page and open it again; everything is still there.";
        conflict: "您看过之后，这件事又有了变化。请先看最新的情况。", "The matter changed after you looked at it. Please look at how it stands now.";
        trouble: "我们这边处理这一件时出了问题，不是您填错了。可以再发一次，或打电话给我们。", "Something on our side fails with this one; you did nothing wrong. Send it again, or call us.";
        replaced: "改好的那一份已经收到，这一份不用再发。", "What you made of it was received; this one need not go any more.";
        earlier: "改之前的那一份后来已经收到了，所以这一份没有再登记一次。要补充的，请在那件事里写；找不到它，请打电话给我们。",
            "The one from before your change was received after all, so this one was not registered as well. Write what is to be added there; if you cannot find it, call us.";
        other_content: "同一个编号之前发过不同的内容。两份都留着，请打电话给我们核对。", "Something else was sent under the same id before. Both are kept; please call us.";
        unreadable: "系统读不了这一件，可能是版本太旧。请修改后重新发送，或打电话给我们。", "The system cannot read this one; the version may be too old. Edit and send it again, or call us.";
        sign_in: "要先填查询码打开这件事，再发一次。", "Open the matter with its code first, then send again.";
        tablet_lost: "这台设备已经报失，不再接收它发出的内容。", "This device was reported lost: nothing is taken from it any more.";
        unfinished: "有一份没填完的登记", "You began a registration";
        go_on: "接着填", "Go on with it";
        throw_away: "删掉这一份", "Delete it";
        without_scripts: "没有脚本时，内容直接发给我们，本机不留。收到的回执在“我的”里查。", "Without scripts everything goes to us directly and nothing stays on this phone. See 'Mine' for what we received.";
        own: "从这台手机登记的", "Registered from this phone";
        own_what: "下面是上次看到的样子。", "This is how it looked when it was last seen.";
        refused: "用存下的查询码打不开这件事：可能已经换过新码，或者试的次数太多。下面是上次看到的样子。请用新的查询码查询，过一会儿再试，或打电话给我们。",
            "The code kept here does not open it: it may have been replaced, or too many were tried. This is how it looked when it was last seen. Please use the new code, try again later, or call us.";
        latest: "看最新情况", "See how it stands now";
        no_signal: "现在没有信号，下面是本机存下的内容。", "There is no signal; this is what the phone has kept.";
    }
}

/// Records that do not open any more.
pub fn damaged(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => format!(
            "本机有 {count} 条记录打不开，已放在一边。如果您有没发出的内容，请打电话给我们。"
        ),
        Language::English => format!(
            "{count} on this phone cannot be opened and set aside. If you had something to send, please call us."
        ),
    }
}
