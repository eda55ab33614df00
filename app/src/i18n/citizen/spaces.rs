use crate::i18n::{Language, texts};

texts! {
    /// A phone that several people use.
    SpacesTexts {
        title: "几个人合用这部手机", "Sharing this phone";
        what: "每个人可以有一个自己的空间，用自己的密码打开。锁上以后，别人在这部手机上看不到里面的内容；等着发送的照样会发。",
            "Each person can have a space of their own, opened with their own PIN. Once it is locked nobody else on this phone sees what is in it; what waits to be sent is sent all the same.";
        limits: "密码能防家里人和借手机的人，防不住懂技术、能拿到这部手机的人。要紧的内容发出后，可以从本机删除。",
            "The PIN keeps out family and whoever borrows the phone, not an expert who has it in their hands. Once sent, you can delete from this phone what matters.";
        without_scripts: "没有脚本时，本机不留任何内容，也就用不着空间。", "Without scripts nothing is kept on this phone, so there is nothing to lock.";
        make: "新建我的空间", "Make my space";
        make_what: "本机现有的、还没有归到别人空间的内容（草稿、等着发送的、查询码）会放进这个空间。", "What is on this phone and in nobody's space yet (drafts, what waits, codes) is moved into it.";
        name: "怎么称呼", "What to call it";
        name_hint: "家里人看得懂就行，例如：妈妈。这个名字谁都看得到", "A word your family understands, such as: Mum. Everybody sees it";
        pin: "密码", "PIN";
        pin_hint: "至少 6 位数字，不要用生日、电话", "Six digits at least; no birthday, no telephone number";
        again: "再填一遍密码", "The PIN once more";
        making: "正在放进去，请不要关掉本页", "Moving it in. Please do not close this page";
        name_wrong: "请填 1 到 12 个字", "Write 1 to 12 characters";
        pin_wrong: "密码要 6 到 20 位数字", "A PIN has 6 to 20 digits";
        again_wrong: "两遍密码不一样", "The two PINs differ";
        full: "手机空间不足，没有建成；原来的内容都还在。", "The phone is full and the space was not made. Everything is as it was.";
        failed: "没有做成，原来的内容都还在。请再试一次。", "It did not work; everything is as it was. Please try again.";
        open: "打开", "Open";
        is_open: "已打开", "Open";
        is_locked: "已锁上", "Locked";
        lock: "锁上", "Lock";
        locking: "正在锁上", "Locking";
        lock_what: "10 分钟不看会自动锁上。", "It locks by itself after 10 minutes without a look.";
        wrong: "密码不对", "That is not the PIN";
        was_locked: "时间久了没有人看，已经锁上。填到一半的都还在里面。", "Nobody looked for a while, so it was locked. What you had begun is still in it.";
        forgotten: "忘了密码", "I forgot the PIN";
        forgotten_what: "密码没有别的办法找回，只能把这个空间扔掉：里面的草稿、照片、查询码从本机删除，不能恢复。已经收到的事项在我们这里，凭回执或带身份证到窗口照样能查。",
            "A PIN cannot be recovered. The space can only be thrown away: the drafts, photos and codes in it are deleted from this phone for good. What we received is with us: follow it with your slip, or come to the desk with your ID card.";
        letters_go: "等着发送的文字、照片和录音一般已经另外封好，扔掉以后照样会发给我们，请先记下临时编号。本页写着“要打开以后才发”的会丢掉。",
            "Words, photos and recordings that wait are as a rule sealed for us apart and still go after this: note their provisional numbers first. What this page says goes only once opened is lost.";
        throw_away: "扔掉这个空间", "Throw the space away";
        number_title: "按临时编号查", "Look up a provisional number";
        number_what: "只能查到有没有收到，看不到内容。", "It tells whether we have it, and nothing of what is in it.";
        number_hint: "12 个字符，在“已保存在本机”那一页上", "12 characters, on the page that said 'saved on this phone'";
        number_look: "查一查", "Look it up";
        number_wrong: "编号是 12 个数字和字母，请再看一遍", "A number has 12 digits and letters; please look again";
        received: "已收到", "Received";
        received_what: "这一件已经在我们这里。凭回执上的查询码看内容；没有查询码，请带身份证到窗口，或打电话。", "We have it. See it with the code on your slip; without the code, come to the desk with your ID card, or call.";
        sent_back: "收到过，没有收下", "It came, and was not taken";
        sent_back_again: "请重新填写一份，或打电话给我们，我们帮您填。", "Please fill it in anew, or call us and we do it with you.";
        not_here: "还没有收到", "Not here yet";
        not_here_what: "它可能还在手机上，等有信号时才发。也请核对一下编号。", "It may still be on the phone, waiting for a signal. Please check the number too.";
    }
}

/// "妈妈的空间" · "Mum's space".
pub fn space_of(language: Language, name: &str) -> String {
    match language {
        Language::Chinese => format!("“{name}”的空间"),
        Language::English => format!("The space of “{name}”"),
    }
}

/// "再过 30 秒才能试" · "Try again in 30 seconds".
pub fn wait_for(language: Language, seconds: u32) -> String {
    match (language, seconds) {
        (Language::Chinese, ..=90) => format!("错的次数多了，请过 {seconds} 秒再试。"),
        (Language::Chinese, _) => format!("错的次数多了，请过 {} 分钟再试。", seconds.div_ceil(60)),
        (Language::English, ..=90) => {
            format!("Too many were wrong. Try again in {seconds} seconds.")
        }
        (Language::English, _) => format!(
            "Too many were wrong. Try again in {} minutes.",
            seconds.div_ceil(60)
        ),
    }
}

/// What waits in spaces that are locked and goes nevertheless.
pub fn letters_wait(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => format!("上锁的空间里还有 {count} 件等着发送，不用打开也会发。"),
        Language::English => {
            format!("{count} in locked spaces wait to be sent, and go without being opened.")
        }
    }
}

/// What waits and is in no space, while one is open.
pub fn others_wait(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => format!("另有 {count} 件不在这个空间里，也等着发送。"),
        Language::English => format!("{count} more wait to be sent and are not in this space."),
    }
}

/// What waits until its space is opened.
pub fn locked_wait(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => format!("上锁的空间里有 {count} 件，要打开以后才发。"),
        Language::English => format!("{count} in locked spaces go only once these are opened."),
    }
}

/// Photos and recordings of spaces that are locked or gone, which go nevertheless.
pub fn media_go(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => {
            format!("另有封好的照片和录音 {count} 份，文字送到以后自己发，不用打开空间。")
        }
        Language::English => format!(
            "{count} sealed photos and recordings follow their words, and go without a space being opened."
        ),
    }
}

/// Photos and recordings that wait until their space is opened.
pub fn media_locked(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => {
            format!("上锁的空间里有照片和录音 {count} 份，没有另外封好，要打开以后才发。")
        }
        Language::English => format!(
            "{count} photos and recordings in locked spaces are not sealed apart and go only once these are opened."
        ),
    }
}
