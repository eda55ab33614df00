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
        signed_in_again: "刚才登录已结束，这一步没有执行。您填的内容还在，请核对后再发送。", "Your session had ended and nothing was done. What you typed is still here: check it and send it again.";
        signed_out: "已退出登录", "You are signed out";
        enrol: "设置动态码", "Set up the one-time code";
        enrol_what: "用验证器应用扫下面的二维码，再填一次动态码。", "Scan this code with an authenticator app, then enter one code.";
        enrol_key: "不能扫码时手工输入", "If you cannot scan, type this key";
        confirm: "确认", "Confirm";
        new_password: "设置密码", "Choose a password";
        new_password_hint: "至少 10 个字符，用一句容易记的话最好", "At least 10 characters; a short sentence is best";
        password_short: "密码至少要 10 个字符", "The password needs at least 10 characters";
        code_wrong: "动态码不对，请看验证器应用上现在的 6 位数字", "The one-time code is not right; take the 6 digits the app shows now";
        enrolled: "账号设置好了，请登录", "Your account is ready; please sign in";
        link_ended: "这个链接用过了或者过期了", "This link was used or has expired";
        link_ended_what: "请本单位管理员再发一个。", "Ask your administrator for a new one.";
        later: "现在登录不了，请过一会儿再试。", "Signing in does not work just now; please try again in a while.";
        signed_in: "您已登录", "You are signed in";
        citizen: "群众请从这里进入", "Citizens: start here";
        help: "登录不了请找本单位管理员", "If you cannot sign in, ask your administrator";
    }
}
