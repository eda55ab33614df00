use domain::actor::{Level, UnitKind};
use sync::view::AccountStanding;

use crate::i18n::{Language, texts};

texts! {
    AccountsTexts {
        title: "账号", "Accounts";
        add: "新增账号", "Add an account";
        add_unit: "新增单位", "Add a unit";
        name: "姓名（也用来登录）", "Name (also typed to sign in)";
        job: "职务", "Title";
        portfolio: "分管领域（领导填写，可不填）", "Portfolio (for leaders, optional)";
        unit: "单位", "Unit";
        level: "层级", "Level";
        roles: "权限", "Roles";
        state: "状态", "State";
        invite: "新增并生成一次性链接", "Add, and make a one-time link";
        link_for: "给本人的一次性链接：", "One-time link for ";
        link_what: "请当面让本人扫码或抄下地址，用来设置密码和动态码。链接 72 小时内有效，只能用一次；这里只显示 10 分钟，交给本人后请按下面的按钮收起。",
            "Let the holder scan it or write the address down, in person, to set the password and the one-time code. The link works once, within 72 hours; it is shown here for 10 minutes. Put it away once it is handed over.";
        handed_over: "已交给本人，收起", "Handed over, put it away";
        change: "保存修改", "Save the changes";
        renew: "生成新链接", "Make a new link";
        renew_what: "本人丢了手机、忘了密码时用：原来的密码和动态码立即失效，所有设备退出。", "For a lost authenticator or a forgotten password: the old ones end at once, and every sign-in.";
        disable: "停用", "Disable";
        disable_what: "停用后立即退出所有设备，名下的平板一并报失，经手记录保留。", "It signs out everywhere at once, and its tablets are reported lost; the record of what was done stays.";
        enable: "启用", "Enable";
        enable_what: "启用后可以用原来的密码和动态码登录。", "The holder signs in with the old password and one-time code.";
        end_sessions: "退出所有设备", "Sign out everywhere";
        end_sessions_what: "密码和动态码不变。", "Password and one-time code stay.";
        last_signed_in: "最近登录", "Last signed in";
        never: "没有记录", "No record";
        invited: "等本人启用", "Waits for its holder";
        active: "使用中", "Active";
        disabled: "已停用", "Disabled";
        unit_name: "单位名称（群众会看到）", "Name of the unit (citizens see it)";
        unit_kind: "单位类型", "Kind of unit";
        unit_division: "服务的乡镇街道或村（部门不用填）", "Township or village it serves (not for departments)";
        unit_phone: "电话（可不填）", "Telephone (optional)";
        save_unit: "保存单位", "Save the unit";
        no_cases: "管理员看不到任何办件内容。", "An administrator sees no case.";
        county: "县", "County";
        township: "乡镇（街道）", "Township";
        village: "村（社区）", "Village";
        department: "部门", "Department";
        back: "返回账号列表", "Back to the accounts";
        done_change: "已保存修改", "The changes are saved";
        done_disable: "已停用，所有设备已退出", "Disabled, and signed out everywhere";
        done_enable: "已启用", "Enabled";
        done_sign_out: "所有设备已退出", "Signed out everywhere";
        done_unit: "单位已保存", "The unit is saved";
        done_handed_over: "链接已收起", "The link is put away";
        sheet_missing: "主密钥的恢复单还没有核对", "Nobody has confirmed the master key's recovery sheet";
        sheet_what: "服务器的磁盘一旦损坏，没有恢复单，全县的内容和备份都再也打不开。请管理服务器的人在服务器上打印恢复单，锁好，再照着纸输入一遍：",
            "Without the sheet a broken disk ends everything: no matter and no backup can be read again. Let whoever runs the server print it there, lock it away, and type it back from the paper:";
        sheet_key: "主密钥名称：", "Name of the master key: ";
        tablets: "平板", "Tablets";
        no_tablets: "还没有登记的平板", "No tablet is registered";
        no_tablets_what: "工作人员在平板上开启离线办公后，会列在这里；平板丢了，在这里报失。", "A tablet is listed here once an official has it work without a network. A lost one is reported here.";
        tablet_name: "名称", "Name";
        holder: "持有人", "Holder";
        last_contact: "最近联系", "Last contact";
        registered: "登记时间", "Registered";
        lost_since: "已报失，自 ", "Reported lost, since ";
        told: "报失后联系过，已让它清除", "Heard of since, and told to wipe itself";
        not_told: "报失后还没有联系，联上网才会清除", "Not heard of since; it wipes itself once it has a network";
        lose: "报失", "Report lost";
        lose_what: "报失不能撤回。持有人会在所有设备上退出登录；这台平板以后发来的内容一律不收，也读不到新内容；它下次联网时会清除自己，还没有发出的内容会丢失。一直不联网，就只有它上面的 PIN 拦着。", "This cannot be taken back. Its holder is signed out everywhere; nothing is taken from this tablet any more, and it reads nothing new; with its next contact it wipes itself, and what it had not sent is lost. As long as it has no network, only the PIN on it stands in the way.";
        lose_sessions: "浏览器里没有退出的登录不会因此结束，请同时到持有人的账号里点“退出所有设备”：", "A sign-in that is still open in its browser does not end by this; also press 'Sign out everywhere' on the holder's account: ";
        done_lost: "平板已报失", "The tablet is reported lost";
        link_gone: "链接已不再显示。需要时再生成一个新的。", "The link is no longer shown. Make a new one if it is needed.";
    }
}

/// Whether an account can sign in, in words.
pub fn standing(language: Language, standing: AccountStanding) -> &'static str {
    let texts = AccountsTexts::of(language);
    match standing {
        AccountStanding::Invited => texts.invited,
        AccountStanding::Active => texts.active,
        AccountStanding::Disabled => texts.disabled,
    }
}

/// A level in words.
pub fn level_name(language: Language, level: Level) -> &'static str {
    let texts = AccountsTexts::of(language);
    match level {
        Level::County => texts.county,
        Level::Township => texts.township,
        Level::Village => texts.village,
    }
}

/// What a unit is, in words.
pub fn unit_kind(language: Language, kind: UnitKind) -> &'static str {
    let texts = AccountsTexts::of(language);
    match kind {
        UnitKind::Department => texts.department,
        UnitKind::Township => texts.township,
        UnitKind::Village => texts.village,
    }
}
