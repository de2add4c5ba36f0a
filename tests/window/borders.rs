//! What the page cannot do.

use anyhow::Result;
use serde_json::json;
use tests::person::Person;
use tests::shot::{HEIGHT, Scheme, WIDTH};

#[tokio::test]
async fn the_window_opens_by_its_name_with_its_own_letters_and_fills_a_small_screen() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let person = Person::at(folder.path(), Scheme::Light).await?;
    person.sees("Set up a clinic").await?;
    assert!(person.driver().title().await?.contains("ClinicDesk"));
    assert_eq!(person.driver().current_url().await?.scheme(), "tauri");
    let size = person.script("return [innerWidth, innerHeight]").await?;
    assert_eq!(size, json!([WIDTH, HEIGHT]));
    let letters = "await document.fonts.ready; return [...document.fonts].some((f) => f.status === 'loaded')";
    let letters = format!("const [done] = arguments; (async () => {{ {letters} }})().then(done);");
    assert_eq!(*person.driver().execute_async(letters, vec![]).await?.json(), json!(true));
    person.leaves().await
}

#[tokio::test]
async fn a_command_is_answered_and_one_of_another_window_is_not_even_known() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let person = Person::at(folder.path(), Scheme::Light).await?;
    let door = person.asks("lock", "door", json!({})).await?.unwrap();
    assert_eq!(door["state"], "empty");
    let refused = person.is_refused("lock", "find_patients", json!({"text": "a"})).await?;
    assert_eq!(refused["code"], "unknown_command");
    let refused = person.is_refused("main", "find_patients", json!({"text": "a"})).await?;
    assert_eq!(refused["code"], "not_signed_in");
    let refused = person.is_refused("lock", "sign_in", json!({"who": 7})).await?;
    assert_eq!(refused["code"], "wrong_input");
    person.leaves().await
}

#[tokio::test]
async fn the_page_can_call_its_entry_commands_and_hear_news_and_nothing_else() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let person = Person::at(folder.path(), Scheme::Light).await?;
    for foreign in [
        "kiosk",
        "display",
        "plugin:window|close",
        "plugin:webview|create_webview_window",
        "plugin:event|emit",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:resources|close",
        "plugin:window-state|save_window_state",
    ] {
        let refused = person.is_refused(foreign, "door", json!({})).await?;
        let words = refused.as_str().unwrap_or_default();
        assert!(words.contains("not allowed") || words.contains("not found"), "{foreign}: {refused}");
    }
    person.leaves().await
}

#[tokio::test]
async fn the_page_stays_where_it_is_and_opens_no_second_one() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let person = Person::at(folder.path(), Scheme::Light).await?;
    person.sees("Set up a clinic").await?;
    for address in ["https://example.org/", "file:///etc/passwd", "data:text/html,gone", "about:blank"] {
        person.driver().execute("location.href = arguments[0]", vec![json!(address)]).await?;
        person.driver().execute("window.open(arguments[0])", vec![json!(address)]).await?;
        let link = "const a = document.createElement('a'); a.href = arguments[0]; a.target = '_blank';
            document.body.append(a); a.click(); a.remove();";
        person.driver().execute(link, vec![json!(address)]).await?;
    }
    person.sees("Set up a clinic").await?;
    assert_eq!(person.driver().current_url().await?.scheme(), "tauri");
    assert_eq!(person.driver().windows().await?.len(), 1);
    person.leaves().await
}

#[tokio::test]
async fn the_policy_stops_scripts_and_addresses_that_are_not_built_in() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let person = Person::at(folder.path(), Scheme::Light).await?;
    let tries = "
        const [done] = arguments;
        const stopped = [];
        addEventListener('securitypolicyviolation', (event) => stopped.push(event.effectiveDirective));
        const inline = document.createElement('script');
        inline.textContent = 'window.ran = true';
        document.body.append(inline);
        const button = document.createElement('button');
        button.setAttribute('onclick', 'window.ran = true');
        document.body.append(button);
        button.click();
        const image = new Image();
        image.src = 'https://example.org/x.png';
        const frame = document.createElement('iframe');
        frame.src = 'https://example.org/';
        document.body.append(frame);
        fetch('https://example.org/').catch(() => 0);
        try { eval('window.ran = true'); } catch {}
        setTimeout(() => {
            [inline, button, frame].forEach((node) => node.remove());
            done({ ran: window.ran === true, stopped: [...new Set(stopped)].sort() });
        }, 500);";
    let told = person.driver().execute_async(tries, vec![]).await?;
    // These complaints are what was asked for.
    person.script("window.heard.length = 0").await?;
    assert_eq!(told.json()["ran"], false, "{}", told.json());
    let stopped = told.json()["stopped"].to_string();
    for directive in ["connect-src", "frame-src", "img-src", "script-src"] {
        assert!(stopped.contains(directive), "{directive}: {stopped}");
    }
    person.leaves().await
}

#[tokio::test]
async fn a_file_reaches_the_program_byte_for_byte_and_what_is_no_file_is_refused() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let person = Person::at(folder.path(), Scheme::Light).await?;
    let hand = "
        const [bytes, done] = arguments;
        const file = new Uint8Array(bytes);
        window.__TAURI_INTERNALS__.invoke('code', file).then(done, (refusal) => done(refusal));";
    let handed = |bytes: &[u8]| vec![json!(bytes)];
    let text = person.driver().execute_async(hand, handed(b"\xef\xbb\xbf CD1:6BF\r\nX\n")).await?;
    assert_eq!(*text.json(), json!({"text": "CD1:6BFX", "pdf": null}));
    let refused = person.driver().execute_async(hand, handed(&[0xff, 0x00, 0xfe])).await?;
    assert_eq!(*refused.json(), json!({"code": "unreadable_code", "fields": {"reason": "kind"}}));
    for entry in ["code", "bring"] {
        let refused = person.is_refused(entry, "", json!({})).await?;
        assert_eq!(refused["code"], "wrong_input");
    }
    let bring = hand.replace("'code'", "'bring'");
    let refused = person.driver().execute_async(&bring, handed(b"%PDF-")).await?;
    assert_eq!(refused.json()["code"], "not_signed_in");
    person.leaves().await
}
