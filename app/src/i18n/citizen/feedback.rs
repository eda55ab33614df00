use crate::i18n::texts;

texts! {
    FeedbackTexts {
        title: "对本系统提意见", "Tell us about this site";
        what: "哪里不好用、看不懂、打不开，或者有人要求您下载、打卡、刷积分，都请告诉我们。", "Tell us what is hard to use, hard to understand or broken, or if anyone makes you download, check in or collect points.";
        write: "写意见", "Write";
        answered: "您的意见按一件普通事项登记，有编号、有查询码、有答复。", "It is registered as an ordinary matter, with a number, a code and an answer.";
        complain: "要投诉办理的人", "To complain about how you were treated";
        complain_what: "同样从这里写，选“反映干部的问题”，只有指定的人能看。也可以打电话。", "Write here too and choose “Report an official”: only named people can read it. Or call us.";
    }
}
