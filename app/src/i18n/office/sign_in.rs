use crate::i18n::texts;

texts! {
    SignInTexts {
        title: "工作人员登录", "Sign in to the office";
        name: "账号", "Account name";
        password: "密码", "Password";
        code: "动态码", "One-time code";
        code_hint: "验证器应用上的 6 位数字，每 30 秒更换", "The 6 digits in your authenticator app; they change every 30 seconds";
        sign_in: "登录", "Sign in";
        wrong: "账号、密码或动态码不对。请再试一次。", "The name, password or code is not right. Please try again.";
        slow: "试的次数多了，请过几分钟再试。", "There were many tries. Please wait a few minutes.";
        ended: "登录已结束，请重新登录。没有保存的内容还在这一页上。", "Your session has ended; please sign in again. What you had not saved is still on the page.";
        signed_out: "已退出登录", "You are signed out";
        enrol: "设置动态码", "Set up the one-time code";
        enrol_what: "用验证器应用扫下面的二维码，再填一次动态码。", "Scan this code with an authenticator app, then enter one code.";
        enrol_key: "不能扫码时手工输入", "If you cannot scan, type this key";
        confirm: "确认", "Confirm";
        citizen: "群众请从这里进入", "Citizens: start here";
        help: "登录不了请找本单位管理员", "If you cannot sign in, ask your administrator";
    }
}
