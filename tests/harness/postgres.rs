use anyhow::Result;
use tests::leash::runs;
use tests::postgres::{Cluster, database};
use tests::wait;
use tokio_postgres::{Client, NoTls};

async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

#[tokio::test]
async fn two_databases_do_not_see_each_other() -> Result<()> {
    let (one, other) = (database()?, database()?);
    let (one, other) = (connect(&one.url()).await?, connect(&other.url()).await?);
    one.batch_execute("create table seen (number int); insert into seen values (7)").await?;
    let row = one.query_one("select number from seen", &[]).await?;
    assert_eq!(row.get::<_, i32>(0), 7);
    let error = other.query_one("select number from seen", &[]).await.unwrap_err();
    assert_eq!(error.code(), Some(&tokio_postgres::error::SqlState::UNDEFINED_TABLE));
    Ok(())
}

#[tokio::test]
async fn a_database_goes_with_its_value_though_somebody_is_connected() -> Result<()> {
    let (gone, kept) = (database()?, database()?);
    let url = gone.url();
    let client = connect(&url).await?;
    drop(gone);
    assert!(client.simple_query("select 1").await.is_err());
    assert!(connect(&url).await.is_err());
    assert!(connect(&kept.url()).await.is_ok());
    Ok(())
}

#[tokio::test]
async fn a_database_speaks_utf8_and_sorts_by_code_point() -> Result<()> {
    let database = database()?;
    let client = connect(&database.url()).await?;
    let row = client.query_one("select current_setting('server_encoding'), 'Zoë' < 'anna'", &[]).await?;
    assert_eq!(row.get::<_, &str>(0), "UTF8");
    assert!(row.get::<_, bool>(1));
    Ok(())
}

#[tokio::test]
async fn a_cluster_is_gone_after_its_drop_though_somebody_is_connected() -> Result<()> {
    let cluster = Cluster::start()?;
    let database = cluster.database()?;
    let client = connect(&database.url()).await?;
    let (server, folder, port) = (cluster.leash().pid(), cluster.leash().folder().to_owned(), cluster.port());
    assert!(runs(server) && folder.join("data/PG_VERSION").is_file() && wait::listens(port));
    drop(database);
    drop(cluster);
    assert!(!runs(server) && !folder.exists() && !wait::listens(port));
    assert!(client.simple_query("select 1").await.is_err());
    Ok(())
}
