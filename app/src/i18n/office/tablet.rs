use chrono::{DateTime, Utc};

use crate::i18n::{Language, moment, texts};

texts! {
    /// A tablet that works without a network.
    TabletTexts {
        title: "没有信号时办公", "Working without a signal";
        what: "把您的办件存一份在这台平板上，用密码打开。没有信号也能看；有信号时自动更新。",
            "Keeps a copy of your worklist on this tablet, opened with a PIN. It can be read without a signal and renews itself when there is one.";
        limits: "每次登录后最多用 12 小时；10 分钟不看自动锁上。平板丢了，请立刻告诉管理员报失：它下次联网时会清空。",
            "It opens for 12 hours after a sign-in at most, and locks after 10 minutes without a look. If the tablet is lost, tell an administrator at once: it is wiped when it is next online.";
        without_scripts: "没有脚本时，本机不留任何内容。", "Without scripts nothing is kept on this tablet.";
        make: "用这台平板", "Use this tablet";
        name: "这台平板叫什么", "What this tablet is called";
        name_hint: "同事看得懂就行，例如：3 号室平板", "A name your colleagues know, such as: Tablet of room 3";
        name_wrong: "请填 1 到 20 个字", "Write 1 to 20 characters";
        making: "正在取办件，请不要关掉本页", "Fetching your worklist. Please do not close this page";
        is_open: "已打开", "Open";
        is_locked: "已锁上", "Locked";
        is_over: "登录已过期：请先联网登录，再用密码打开", "The sign-in is over: sign in with a network first, then open it with the PIN";
        renewing: "正在更新", "Renewing";
        renew: "现在更新", "Renew now";
        worklist: "看办件", "Worklist";
        not_fetched: "还没有取到办件", "No worklist was fetched yet";
        unreachable: "没有信号，显示的是上次取到的。", "No signal: this is what was fetched last.";
        sign_in_first: "登录已经结束。看到的是上次取到的；要更新，请重新登录。", "Your sign-in is over. You see what was fetched last; sign in again to renew it.";
        sign_in: "登录", "Sign in";
        need_sign_in: "请先登录，再设本机密码。", "Sign in first, then set a PIN for this tablet.";
        lock: "锁上", "Lock";
        lock_what: "锁上只锁本机的这一份；离开平板时，还请退出登录。", "Locking closes the copy on this tablet. When you leave the tablet, sign out as well.";
        remove: "从本机删除这一份", "Delete this copy from the tablet";
        remove_what: "办件都在服务器上，只删本机的这一份；已经办了、还没发出去的会一起删掉，不能恢复。忘了密码也用这个办法，删掉后重新设。",
            "Your matters are on the server; only the copy here goes, and with it for good what you did and was not sent yet. Do this too when you forgot the PIN, and set a new one.";
        no_work: "您的岗位不办件，用不着这一项。", "Your role has no worklist: there is nothing to keep here.";
        was_lost: "这台平板已报失，本机上的办件已经清空。如果是误报，请联系管理员，登录后可以重新设置。",
            "This tablet was reported lost, and the worklist on it was wiped. If that was a mistake, tell your administrator; you can set it up anew after signing in.";
        was_locked: "时间久了没有人看，已经锁上。", "Nobody looked for a while, so it was locked.";
        failed: "没有做成，请再试一次。", "It did not work. Please try again.";
        offline: "连不上服务器，请到有信号的地方再试。", "The server cannot be reached. Try again where there is a signal.";
        full: "平板空间不足，没有建成。", "The tablet is full and nothing was made.";
        another: "这一份是别的账号的，请用那个账号登录。", "This copy is another account's: sign in with that one.";
        other_way: "没有信号？用本机密码打开", "No signal? Open with this tablet's PIN";
        only_number: "没有信号时只能按编号查。", "Without a signal only a case number can be looked up.";
        full_act: "平板空间不足，没有存下。请先不要离开本页。", "The tablet is full and this was not stored. Please do not leave this page yet.";
        one_at_a_time: "这一件还有等着发送的，发出去以后再办下一步。", "Something about this matter waits to be sent; the next step follows once it was.";
        as_own: "核对过了，作为我的这次登录再发", "I have checked it: send it as mine, under this sign-in";
        refill: "放回表中修改", "Put it back into the form";
        goes_after_sign_in: "登录已经结束：重新登录以后自动发送。", "Your sign-in is over: it goes by itself once you have signed in again.";
        on_tablet: "本机：", "On this tablet: ";
        saved_at: "保存于", "Saved";
        all_waiting: "本机上的内容", "Everything on this device";
    }
}

/// "办件到 11月17日 09:45 为止 · 共 31 件，其中 20 件可以看全部内容".
pub fn tablet_holds(
    language: Language,
    as_of: DateTime<Utc>,
    rows: usize,
    (whole, urgent): (usize, usize),
) -> String {
    let at = moment(language, as_of);
    match language {
        Language::Chinese => {
            format!("更新于 {at} · 共 {rows} 件，最急的 {urgent} 件里有 {whole} 件可以看全部内容")
        }
        Language::English => {
            format!(
                "As of {at} · {rows} matters; of the {urgent} most urgent {whole} can be read whole"
            )
        }
    }
}

/// "可用到 11月17日 20:15" · "Opens until 17 November 20:15".
pub fn opens_until(language: Language, until: DateTime<Utc>) -> String {
    let at = moment(language, until);
    match language {
        Language::Chinese => format!("可用到 {at}"),
        Language::English => format!("Opens until {at}"),
    }
}

/// "这是本机存下的，11月17日 09:45 的样子" · "Kept on this tablet, as of 17 November 09:45".
pub fn held_since(language: Language, as_of: DateTime<Utc>) -> String {
    let at = moment(language, as_of);
    match language {
        Language::Chinese => format!("这是本机存下的，{at} 的样子"),
        Language::English => format!("Kept on this tablet, as of {at}"),
    }
}
