use crate::i18n::texts;

texts! {
    AccountsTexts {
        title: "账号", "Accounts";
        add: "新增账号", "Add an account";
        name: "姓名", "Name";
        sign_in_name: "登录名", "Sign-in name";
        unit: "单位", "Unit";
        roles: "权限", "Roles";
        invite: "生成一次性链接", "Make a one-time link";
        invite_what: "请当面交给本人。链接只能用一次，用来设置密码和动态码。", "Hand it over in person. It works once, to set the password and the one-time code.";
        disable: "停用", "Disable";
        disable_what: "停用后立即退出所有设备，经手记录保留。", "It signs out everywhere at once; the record of what was done stays.";
        enable: "启用", "Enable";
        end_sessions: "退出所有设备", "Sign out everywhere";
        last_signed_in: "最近登录", "Last signed in";
        never: "从未登录", "Never";
        active: "使用中", "Active";
        disabled: "已停用", "Disabled";
        errors_name: "请填写姓名", "Enter the name";
        errors_taken: "这个登录名已有人使用", "This sign-in name is taken";
        errors_roles: "请至少选择一项权限", "Choose at least one role";
        errors_last_administrator: "至少要保留一名管理员", "At least one administrator must remain";
    }
}
