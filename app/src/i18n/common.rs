//! Words that more than one screen uses: the frame, the states, the mistakes.

use super::{Language, day, texts};

texts! {
    /// The frame around every page.
    FrameTexts {
        own_space: "我的空间", "My space";
        locked_spaces: "有上锁的空间", "Locked spaces";
        product: "回音", "Huiyin";
        skip: "跳到正文", "Skip to the content";
        elder_on: "长辈版", "Larger text";
        elder_off: "标准版", "Standard text";
        places: "主要栏目", "Main places";
        notices: "公告", "Notices";
        register: "登记", "Register";
        mine: "我的", "Mine";
        village: "村务", "Village";
        home: "首页", "Home";
        help: "帮助", "Help";
        settings: "设置", "Settings";
        feedback: "对本系统提意见", "Tell us about this site";
        sponsor: "主办单位：", "Run by ";
        demo: "演示：内容都是虚构的，请勿填真实信息", "Demonstration: all invented, enter nothing real";
        online: "已联网", "Online";
        offline: "没有信号", "No signal";
        call_us: "打电话给我们", "Call us";
        new_version: "新版本已准备好。正在填写的内容会保留。", "A new version is ready. What you are filling in stays.";
        update_now: "现在更新", "Update now";
        updating: "正在更新，请稍等。", "Updating, please wait.";
        error_in_title: "请检查：", "Please check: ";
    }
}

texts! {
    /// What is said while something is on its way. Never stronger than the truth.
    SendingTexts {
        sending: "正在发送", "Sending";
        kept: "已保存在本机，还没有收到回执。有信号时请再打开一次本页；也可以打电话给我们。",
            "Saved on this phone; no receipt yet. Open this page again when there is a signal, or call us.";
        no_room: "没有收到回执，本机空间不够也没有存下。您填写的内容还在这一页，请先不要关掉。有信号时再点一次（不会变成两件），或腾出空间再发，也可以打电话给我们。",
            "No receipt came, and this phone is too full to save it. What you typed is still on this page: do not close it yet. Try again with a signal (it stays one), make room, or call us.";
        other_came: "先前发的那一份我们已经收到。改过的这一份没有收下，还在这一页。请打电话给我们核对。",
            "We have what you sent before. What you changed since was not taken and is still on this page. Please call us.";
        received: "已收到", "Received";
    }
}

texts! {
    /// The states of a matter and the rungs of the truth ladder. 已答复 and 已落实 are never merged.
    StateTexts {
        draft: "草稿", "Draft";
        saved_here: "已保存在本机", "Saved on this phone";
        sending: "正在发送", "Sending";
        received: "已收到", "Received";
        accepted: "已受理", "Accepted";
        answered: "已答复", "Answered";
        done: "已落实", "Done";
        waiting: "等待中", "Waiting";
        due_soon: "即将到期", "Due soon";
        overdue: "已超期", "Overdue";
        in_handling: "办理中", "Being handled";
        passed_on: "已转送", "Passed on";
        assigned: "已交办", "Assigned";
        not_accepted: "不予受理", "Not accepted";
        settled_on_the_day: "当场解决", "Settled on the day";
        withdrawn: "已撤回", "Withdrawn";
        cancelled: "已取消", "Cancelled";
        confirmed: "已确认", "Confirmed";
        waitlisted: "候补", "On the waiting list";
        promised: "已承诺", "Promised";
        kept: "说到做到", "Promise kept";
        changed: "有变更", "Changed";
        corrected: "已更正", "Corrected";
    }
}

texts! {
    /// What buttons and links say. A verb, and what it acts on where that is not plain.
    ActionTexts {
        go_on: "继续", "Continue";
        next_step: "下一步", "Next";
        back: "返回上一步", "Back";
        send: "确认并发送", "Check and send";
        save: "保存", "Save";
        cancel: "不做了", "Cancel";
        change: "修改", "Change";
        print: "打印", "Print";
        show: "查看", "Show";
        search: "查找", "Search";
        previous: "上一页", "Previous page";
        next: "下一页", "Next page";
        all: "全部", "All";
        more: "更多", "More";
        optional: "（可不填）", " (optional)";
        yes: "是", "Yes";
        no: "否", "No";
        none_given: "未填", "Not given";
        danger_call: "有人身危险请打", "If someone is in danger, call";
        police: "110", "110 police";
        ambulance: "120", "120 ambulance";
    }
}

texts! {
    /// What a person did not expect: what happened, what is safe, what to do.
    ErrorTexts {
        summary: "请检查以下内容", "Please check the following";
        kept: "您填写的内容都还在。", "Everything you typed is still here.";
        not_found: "没有找到这个页面", "We could not find this page";
        not_found_what: "地址可能有误，或者页面已经移走。您可以从首页重新找，也可以打电话问我们。",
            "The address may be mistyped, or the page may have moved. Start again from the home page, or call us.";
        forbidden: "这一步不能这样做", "This cannot be done this way";
        forbidden_what: "请求不是从本网站的页面发出的，所以没有执行，什么都没有改变。请回到页面再试一次。",
            "The request did not come from a page of this site, so nothing was done or changed. Please go back to the page and try again.";
        not_allowed_what: "您的账号没有这项权限。需要时请找本单位管理员。",
            "Your account may not do this. If you need it, ask your administrator.";
        slow_down: "请稍等一会儿", "Please wait a moment";
        slow_down_what: "短时间内试的次数太多。您填写的内容没有丢。过几分钟再试，或者扫回执上的二维码、到窗口、打电话，这些都不受影响。",
            "There were too many tries in a short time. Nothing you typed is lost. Try again in a few minutes, or use the QR code on your slip, come to the desk or call; none of these are affected.";
        broken: "我们这边出了问题", "Something went wrong on our side";
        broken_what: "刚才这一步可能没有收到。已经拿到登记号的事项都是安全的。请过几分钟再试，或打电话给我们。",
            "This step may not have been received. Everything that already has a number is safe. Try again in a few minutes, or call us.";
        not_received: "没有收到", "Not received";
        not_received_what: "系统现在不能保存新的内容，查看不受影响。请过一会儿再发，或打电话给我们登记。",
            "The system cannot save anything new right now; reading still works. Send again later, or call us and we will register it.";
        unreachable: "现在连不上", "No connection right now";
        unreachable_what: "您填写的内容没有丢。有信号时再打开一次本页，或打电话给我们。", "Nothing you typed is lost. Open this page again when there is a signal, or call us.";
        not_opened: "请先填查询码", "Your query code is needed first";
        not_opened_what: "为保护您的信息，打开 30 分钟后会自动关上。请再填一次查询码和四位数字。", "To protect you, a matter closes 30 minutes after it was opened. Please enter your code and four digits again.";
        follow: "填查询码", "Enter the code";
        reference: "告诉我们这个编号，可以更快查到原因：", "Tell us this number so that we find the cause sooner: ";
    }
}

/// "3 件待发" · "3 waiting": part of the line in every header.
pub fn waiting(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => format!("{count} 件待发"),
        Language::English => format!("{count} waiting"),
    }
}

/// "2 份照片待发" · "2 photos waiting": the words were received.
pub fn media_waiting(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => format!("{count} 份照片录音待发"),
        Language::English => format!("{count} attachments waiting"),
    }
}

/// "1 件需要您看一下" · "1 needs you".
pub fn need_you(language: Language, count: usize) -> String {
    match language {
        Language::Chinese => format!("{count} 件需要您看一下"),
        Language::English if count == 1 => "1 needs you".to_owned(),
        Language::English => format!("{count} need you"),
    }
}

/// "共 3 件" · "3 matters": a count with its noun.
pub fn matters(language: Language, count: u32) -> String {
    match language {
        Language::Chinese => format!("{count} 件"),
        Language::English if count == 1 => "1 matter".to_owned(),
        Language::English => format!("{count} matters"),
    }
}

/// "3 人" · "3 people".
pub fn people(language: Language, count: u32) -> String {
    match language {
        Language::Chinese => format!("{count} 人"),
        Language::English if count == 1 => "1 person".to_owned(),
        Language::English => format!("{count} people"),
    }
}

/// "第 3 步，共 8 步" · "Step 3 of 8".
pub fn step(language: Language, current: u32, total: u32) -> String {
    match language {
        Language::Chinese => format!("第 {current} 步，共 {total} 步"),
        Language::English => format!("Step {current} of {total}"),
    }
}

/// "第 2 页，共 5 页" · "Page 2 of 5".
pub fn page_of(language: Language, current: u32, total: u32) -> String {
    match language {
        Language::Chinese => format!("第 {current} 页，共 {total} 页"),
        Language::English => format!("Page {current} of {total}"),
    }
}

/// "截至 14:05" · "as of 14:05": the age of what is shown.
pub fn as_of(language: Language, time: &str) -> String {
    match language {
        Language::Chinese => format!("截至 {time}"),
        Language::English => format!("as of {time}"),
    }
}

/// "2 件等待发送" · "2 waiting to be sent".
pub fn waiting_to_send(language: Language, count: u32) -> String {
    match language {
        Language::Chinese => format!("{count} 件等待发送"),
        Language::English => format!("{count} waiting to be sent"),
    }
}

/// "候补第 3 位" · "Number 3 on the waiting list".
pub fn place_in_line(language: Language, place: u32) -> String {
    match language {
        Language::Chinese => format!("候补第 {place} 位"),
        Language::English => format!("Number {place} on the waiting list"),
    }
}

/// "最多 2000 字" · "At most 2000 characters".
pub fn at_most(language: Language, characters: u32) -> String {
    match language {
        Language::Chinese => format!("最多 {characters} 字"),
        Language::English => format!("At most {characters} characters"),
    }
}

/// "已写 120 字，最多 2000 字" · "120 of 2000 characters": also an error's count when too long.
pub fn written(language: Language, used: usize, limit: u32) -> String {
    match language {
        Language::Chinese => format!("已写 {used} 字，最多 {limit} 字"),
        Language::English => format!("{used} of {limit} characters"),
    }
}

/// "还有 5 天" · "in 5 days": a day count is also a sentence.
pub fn days_left(language: Language, days: i64) -> String {
    match (language, days) {
        (Language::Chinese, 0) => "今天".to_owned(),
        (Language::Chinese, 1) => "明天".to_owned(),
        (Language::Chinese, days) => format!("还有 {days} 天"),
        (Language::English, 0) => "today".to_owned(),
        (Language::English, 1) => "tomorrow".to_owned(),
        (Language::English, days) => format!("in {days} days"),
    }
}

/// "从11月3日的次日起 15 天，到11月18日" · "15 days after 3 November: 18 November".
pub fn days_counted(language: Language, counted: &domain::clock::Counted) -> String {
    use domain::clock::Period;
    let (start, due) = (day(language, counted.start), day(language, counted.due));
    match (language, counted.period) {
        (Language::Chinese, Period::CalendarDays(days)) => {
            format!("从{start}的第二天起 {days} 天，到{due}")
        }
        (Language::Chinese, Period::WorkingDays(days)) => {
            format!("从{start}的第二天起 {days} 个工作日，到{due}")
        }
        (Language::English, Period::CalendarDays(days)) => {
            format!("{days} days after {start}: {due}")
        }
        (Language::English, Period::WorkingDays(days)) => {
            format!("{days} working days after {start}: {due}")
        }
    }
}

/// "11月17日前由县交通局答复" in two parts: who must do what by when.
pub fn answer_due(language: Language, unit: &str, day: &str) -> String {
    match language {
        Language::Chinese => format!("{unit}应在{day}前答复"),
        Language::English => format!("{unit} must answer by {day}"),
    }
}

/// A due date worked out beyond the published holiday calendar: "暂按11月17日计算".
pub fn provisional(language: Language, day: &str) -> String {
    match language {
        Language::Chinese => format!("暂按{day}计算，节假日安排公布后可能调整"),
        Language::English => {
            format!("provisionally {day}; it may move when the holidays are published")
        }
    }
}
