use super::*;
use crate::registry::limits::Limits;
use std::io::Write;

fn with(flags: &Flags, variables: &[(&'static str, &str)]) -> Result<Settings, SettingsFault> {
    flags.over(|name| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
    })
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str, mode: u32) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    path
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let config =
        file(&folder, "c.toml", "connect = \"http://c\"\npurpose = \"CRIME\"\ncase = \"c\"\n", 0o644);
    let config = config.to_str().unwrap();
    let flags = Flags { case: Some("f".into()), ..Flags::default() };
    let settings =
        with(&flags, &[("IARMS_CONFIG", config), ("IARMS_CONNECT", "http://e"), ("IARMS_CASE", "e")])
            .unwrap();
    assert_eq!(settings.connect().unwrap(), "http://e");
    assert_eq!(settings.purpose().unwrap(), "CRIME");
    assert_eq!(settings.case().unwrap(), "f");
    let none = with(&Flags::default(), &[]).unwrap();
    assert!(matches!(none.connect(), Err(SettingsFault::NoAddress)));
    assert!(matches!(none.purpose(), Err(SettingsFault::NoPurpose)));
}

#[test]
fn the_usual_file_is_read_when_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("iarms")).unwrap();
    let home = folder.path().to_str().unwrap();
    assert_eq!(with(&Flags::default(), &[("XDG_CONFIG_HOME", home)]).unwrap(), Settings::default());
    file(&folder, "iarms/config.toml", "listen = \"127.0.0.1:0\"\ntoken_file = \"~/token\"\n", 0o644);
    let settings = with(&Flags::default(), &[("XDG_CONFIG_HOME", home), ("HOME", "/home/ana")]).unwrap();
    assert_eq!(settings.listen.as_deref(), Some("127.0.0.1:0"));
    assert_eq!(settings.token_file, Some(PathBuf::from("/home/ana/token")));
}

#[test]
fn a_broken_file_names_its_line() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["# x\n\nconect = \"http://c\"\n", "# x\n\nconnect = 7\n", "# x\n\nconnect = \n"] {
        let config = file(&folder, "c.toml", text, 0o644);
        let fault = Config::read(&config).unwrap_err().to_string();
        assert!(fault.contains("line 3"), "{fault}");
    }
}

#[test]
fn a_token_file_that_others_may_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let flags = |path| Flags { token_file: Some(path), ..Flags::default() };
    let open = with(&flags(file(&folder, "open", "canary-1\n", 0o640)), &[]).unwrap();
    let said = open.token().unwrap_err().to_string();
    assert!(said.contains("chmod 600") && said.contains("640") && !said.contains("canary"), "{said}");
    let mine = with(&flags(file(&folder, "mine", "canary-1\n", 0o600)), &[("IARMS_TOKEN", "other")]).unwrap();
    assert_eq!(mine.token().unwrap(), Token::new("canary-1").unwrap());
    assert!(!format!("{:?} {:?}", mine, mine.token().unwrap()).contains("canary"));
}

#[test]
fn the_example_documents_every_key_and_parses() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config.example.toml")).unwrap();
    let bare: String =
        text.lines().map(|line| line.strip_prefix("#= ").unwrap_or(line).to_owned() + "\n").collect();
    let all: Config = toml::from_str(&bare).unwrap();
    let Config { connect, token_file, store, listen, purpose, case, tls, wipe_at_leave, console, limits } =
        all;
    assert_eq!(wipe_at_leave, Some(false));
    assert!(connect.is_some() && token_file.is_some() && store.is_some());
    assert!(listen.is_some() && purpose.is_some() && case.is_some());
    let Tls { certificate, key, ca, groups } = tls;
    assert!(certificate.is_some() && key.is_some() && ca.is_some() && groups.is_some());
    assert_eq!(limits.limits(), Limits::default(), "it says what holds without it");
    let LimitsSettings { connections, newcomers, newcomers_of_address, streams_of_officer, polls_of_officer } =
        limits;
    assert!(connections.is_some() && newcomers.is_some() && newcomers_of_address.is_some());
    assert!(streams_of_officer.is_some() && polls_of_officer.is_some());
    let ConsoleSettings { colours, glyphs, line } = console.unwrap();
    assert!(colours.is_some() && glyphs.is_some() && line.is_some());
    assert_eq!(
        toml::from_str::<Config>(&text).unwrap(),
        Config::default(),
        "as it stands it changes nothing"
    );
}
