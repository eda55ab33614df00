use crate::i18n::{Language, texts};

texts! {
    RegisterTexts {
        title: "登记", "Register";
        ordinary_title: "写给我们", "Write to us";
        for_visit: "您在登记这次接访", "You are registering for this visit";
        start: "开始登记", "Start";
        start_what: "大约五分钟。中途可以停下，内容会保留。", "About five minutes. You can stop on the way; what you typed is kept.";
        who: "您是谁？", "Who are you?";
        whom: "这件事是谁的？", "Whose matter is it?";
        whom_self: "我自己的", "My own";
        whom_relative: "替家人或亲戚", "A relative's";
        whom_agent: "受人委托", "Someone who asked me to act";
        whom_group: "我们几个人共同的", "Shared by several of us";
        relation: "您和当事人是什么关系？", "How are you related?";
        basis: "受谁委托、怎么委托的？", "Who asked you, and how?";
        filer_name: "填表人（您）的姓名", "Your own name";
        filer_name_hint: "替家人或亲戚填写时才需要", "Only when you fill this in for a relative";
        name: "当事人的姓名", "The name of the person concerned";
        name_hint: "这件事是谁的就写谁，写身份证上的姓名", "The person whose matter it is, as on the ID card";
        optional_title: "以下可以不填", "You can leave these empty";
        optional_what: "填了能更快分清同名的人；不填一样登记、一样办理。", "They tell people of the same name apart; without them you register just the same.";
        home_village: "住在本县哪个村或社区", "Village or community you live in";
        birth_year: "出生年份", "Year of birth";
        id_number: "身份证号码", "ID card number";
        id_number_hint: "网上可以不填，来时带上身份证就行", "Not needed online; just bring the card";
        address: "住在外地的，请写地址", "Address, if you live outside the county";
        how_many: "一共几个人？", "How many people?";
        people: "人数", "Number of people";
        representatives: "代表的姓名，最多 5 名", "Names of representatives, at most 5";
        representatives_hint: "一个人来可以不填；几个人的，一行写一个。", "Not needed if you come alone; otherwise one name a line.";
        how_many_hint: "同一件事最多 5 名代表进场，其他人可以在场外等。", "For one matter at most 5 representatives come in; others may wait outside.";
        subject: "主要是哪方面的事？", "What is it mainly about?";
        subject_hint: "拿不准就选“其他”，我们来分。", "If unsure choose “Something else”; we will sort it.";
        kind_and_subject: "是什么事？", "What is it about?";
        kind: "您想要什么？", "What do you want?";
        ask: "问一问（咨询）", "Ask a question";
        thanks: "说声感谢", "Say thanks";
        appeal: "解决一个问题（申诉求决）", "Have a problem solved (appeal)";
        suggestion: "提一个建议（建议意见）", "Make a suggestion";
        accusation: "反映干部的问题（检举控告）", "Report an official (accusation)";
        accusation_what: "这一类单独编号，只有指定的人能看，不出现在任何名单里。", "These have their own numbers, are read only by named people and appear in no list.";
        matter: "请说说这件事", "Tell us about the matter";
        statement: "什么事", "What it is";
        matter_hint: "写一句话也可以：什么事、在哪里、您希望怎么办。拍下信件，或者录一段话，也可以不写。", "One sentence is enough: what, where, and what you would like done. A photo of a letter or a recording will do as well.";
        tell_in_person: "见面时说，现在不写", "I will tell it in person";
        place: "事情发生在哪里？", "Where is it?";
        township: "乡镇街道", "Township";
        village: "村或社区", "Village or community";
        choose_one: "请选择", "Please choose";
        danger: "现在有人有危险", "Someone is in danger now";
        danger_hint: "选上后，信访局值班人员须在 2 个工作小时内查看。", "If ticked, the officer on duty must look within 2 working hours.";
        reach: "怎么联系您方便？", "How may we reach you?";
        reach_way: "联系方式", "The way you prefer";
        reach_call: "打电话给我", "Call me";
        reach_text: "发短信给我", "Text me";
        reach_through: "请别人转告", "Through someone else";
        reach_none: "不要联系，我自己来看", "Do not contact me; I will look myself";
        phone: "电话号码", "Telephone number";
        phone_hint: "手机 11 位；座机请带区号；境外号码以 + 开头", "11 digits for a mobile; landline with area code; from abroad start with +";
        hours: "什么时间方便？", "Which hours suit you?";
        hours_hint: "可以不填，例如：晚上 7 点以后", "Not needed; for example: after seven in the evening";
        through_whom: "请谁转告？", "Through whom?";
        digits_chosen: "四位数字", "Four digits";
        digits_own: "您自己选的（不显示）", "Chosen by you (not shown)";
        digits_phone: "手机号后四位", "The last four of the phone";
        second_factor: "请选一个四位数字", "Choose four digits";
        second_factor_hint: "查询时和查询码一起用。不填就用手机号后四位。", "Asked for together with your code. If left empty, the last four digits of your phone.";
        secret_from: "这件事不想让谁知道？", "Who should not know about this?";
        secret_from_hint: "选上的人看不到，也查不到这件事。", "Those you tick can neither see nor find this matter.";
        secret_what: "可以不选，直接下一步。", "You can leave this open and go on.";
        secret_whom: "不让他们看到", "Keep it from";
        officials_of: "的干部", " officials";
        secret_nobody: "没有", "Nobody in particular";
        secret_person: "某个人", "A certain person";
        secret_village: "村里", "The village";
        secret_township: "乡镇街道", "The township";
        secret_unit: "某个单位", "A certain office";
        secret_agent: "代办员", "The village agent";
        secret_who: "请写明是谁", "Please say who";
        slot: "什么时间来？", "When will you come?";
        slot_taken: "这个时间刚被约满，下面是还有空的时间。您填的内容都在。", "That time has just been taken; these are still free. Everything you typed is kept.";
        check: "发送前请核对", "Check before sending";
        consent: "我同意为办理这件事使用这些信息。", "I agree that this information is used to handle this matter.";
        electronic_service: "答复可以在网上送达给我", "Answers may be served to me online";
        send: "确认并发送", "Send";
        send_what: "发送后马上有登记号和查询码。", "You get your number and code at once.";
        draft_kept: "您上次填到这里，可以接着填。", "You came this far last time and can go on.";
        draft_gone: "没有未发送的草稿", "There is no unsent draft";
        draft_gone_what: "草稿可能已经发送，也可能过期删除了：为保护您的信息，没有发送的只保留一天。已发送的用查询码就能看到；没发送的请重新登记，或打电话由我们代填。",
            "It was sent, or it expired: to protect you, drafts that are not sent are kept for one day. What was sent is opened with your code; otherwise please start again, or call and we fill it in for you.";
        restarted: "原来的草稿已发送或过期，我们为您新开了一份。刚才那一页的内容已经放进去了，其余的请再填一次。",
            "The old draft was sent or has expired, so a new one was begun. It holds what you just typed; please fill in the rest.";
        see_sent: "看已发送的", "See what was sent";
        start_again: "重新登记", "Start again";
        similar: "您可能已经登记过这件事", "You may have registered this already";
    }
}

texts! {
    /// What is said beside a field. Each says what to do, not what is forbidden.
    RegisterErrors {
        whom: "请选择这件事是谁的", "Choose whose matter it is";
        name: "请填写姓名", "Enter a name";
        how_many: "请填写人数，例如 1", "Enter how many people, for example 1";
        too_many_representatives: "代表最多 5 人，请推选 5 名以内的代表", "At most 5 representatives: please choose up to five";
        subject: "请选择一项，拿不准就选“其他”", "Choose one; if unsure, “Something else”";
        matter: "请写一句话，或选“见面时说”", "Write one sentence, or choose “I will tell it in person”";
        unreadable: "有些字符无法保存，请删去后再试", "Some characters cannot be kept; please remove them";
        township: "请选择乡镇街道", "Choose a township";
        relation: "请写明您和当事人的关系，例如儿子", "Say how you are related, for example son";
        birth_year: "请填四位数的年份，例如 1958", "Enter the year in four digits, for example 1958";
        id_number: "身份证号码应为 18 位，请再看一遍；也可以不填", "An ID card number has 18 characters; please check it, or leave it empty";
        landline: "座机请写区号和 7 到 8 位号码，例如 0579-84100000", "For a landline enter the area code and 7 or 8 digits";
        no_text_to_landline: "座机收不到短信，请填手机号，或选打电话", "A landline cannot receive texts; give a mobile number or choose a call";
        sentence: "请写一句话再发送", "Write one sentence before sending";
        reach: "请选择联系方式", "Choose how we may reach you";
        phone: "手机号应为 11 位，请再看一遍", "A mobile number has 11 digits; please check it";
        phone_missing: "请填写电话号码，或选“不要联系”", "Enter a number, or choose “Do not contact me”";
        second_factor: "请填 4 位数字", "Enter 4 digits";
        slot: "请选择一个时间", "Choose a time";
        consent: "请勾选同意，我们才能办理", "Please tick to agree, so that we can handle it";
        closed: "报名已截止。您填的内容还在，可以改为普通事项发送。", "Registration has closed. What you typed is kept; you can send it as an ordinary matter.";
        cancelled: "这次接访已取消。您填的内容还在，可以改为普通事项发送。", "This visit is cancelled. What you typed is kept; you can send it as an ordinary matter.";
        full: "这次已满。您可以候补，或改为普通事项发送。", "This visit is full. Join the waiting list, or send it as an ordinary matter.";
        already_sent: "这份登记已经发送过，内容不同，没有重复保存。", "This registration was already sent with other content; nothing was saved twice.";
    }
}

texts! {
    /// Why an act was not carried out, and what to do.
    RefusalTexts {
        answered_before: "这个问题已经回答过了。还有要说的，可以写在补充说明里。", "This question has been answered. If there is more to say, add a note.";
        window_over: "超过 30 天，这里不能再改了。事情还没解决的，请写补充说明，或重新提出。", "More than 30 days have passed. If it is not solved, add a note or raise it again.";
        not_yours: "用这个查询码只能查看和补充。撤回、确认收到和评价要由当事人本人来做。", "With this code you can read and add. Only the person concerned can withdraw, confirm or rate.";
        not_found: "没有找到这件事。请重新填查询码再试。", "The matter was not found. Please enter your code again.";
        changed: "这件事的情况刚刚变了，没有照办。请看下面最新的情况。", "The matter has just changed, so this was not done. Please look at how it stands now.";
    }
}

/// "报名从 11月20日 09:00 开始。" · "Registration opens 20 November 09:00."
pub fn opens_on(language: Language, moment: &str) -> String {
    match language {
        Language::Chinese => {
            format!("报名从 {moment} 开始。您填的内容还在，可以到时再发，或改为普通事项发送。")
        }
        Language::English => format!(
            "Registration opens {moment}. What you typed is kept; send it then, or now as an ordinary matter."
        ),
    }
}

/// Over the limit, with the count, and nothing lost.
pub fn too_long(language: Language, used: usize, limit: u32) -> String {
    let over = used.saturating_sub(limit as usize);
    match language {
        Language::Chinese => {
            format!("写了 {used} 字，最多 {limit} 字，请删去 {over} 字。内容都还在。")
        }
        Language::English => {
            format!("{used} characters; at most {limit}. Please remove {over}. Nothing is lost.")
        }
    }
}
