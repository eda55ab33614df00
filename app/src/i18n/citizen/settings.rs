use crate::i18n::texts;

texts! {
    SettingsTexts {
        title: "设置", "Settings";
        text_size: "字的大小", "Text size";
        standard: "标准", "Standard";
        elder: "长辈版", "Large";
        elder_hint: "字和按钮更大，一次只看一列", "Larger text and buttons, one column";
        larger: "长辈版，特大", "Largest";
        language: "语言", "Language";
        save: "保存设置", "Save settings";
        saved: "设置已保存", "Settings saved";
        cookie: "设置只记在这台设备上。", "Settings are kept only on this device.";
        dark: "深色显示跟随手机设置。", "Dark display follows your phone.";
    }
}
