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
        storage: "本机存储", "Storage on this phone";
        storage_kept: "浏览器答应不自动清理本机存下的内容。", "The browser promises not to clear what is kept on this phone.";
        storage_not_given: "手机空间不足或长期不打开时，浏览器可能清理本机存下的内容。没发出的内容请尽早发出。",
            "When the phone is full or the site is not opened for long, the browser may clear what is kept here. Please send what waits soon.";
        storage_missing: "这个浏览器不在本机保存内容（可能是无痕模式）。", "This browser keeps nothing on this phone (private mode, perhaps).";
        on_this_phone: "查看本机上的内容", "See what is on this phone";
        dark: "深色显示跟随手机设置。", "Dark display follows your phone.";
    }
}
