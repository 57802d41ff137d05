//! The ledger's settings before and after release 7.4.1: the change that broke the shop is one number.

use super::archive::Tree;
use super::scene::{POOL_AFTER, POOL_BEFORE, Scene, VERSION_AFTER, VERSION_BEFORE};
use super::secrets::SPRING_PASSWORD;

pub(crate) const VALUES_AFTER: &str = "helm/shop/ledger-values-7.4.1.yaml";
const VALUES_BEFORE: &str = "helm/shop/ledger-values-7.4.0.yaml";

pub(crate) fn write(scene: Scene, tree: &mut Tree) {
    tree.add(VALUES_BEFORE, settings(VERSION_BEFORE));
    if scene == Scene::Outage {
        tree.add(VALUES_AFTER, settings(VERSION_AFTER));
    }
}

/// The ledger's settings in one version.
pub(crate) fn settings(version: &str) -> String {
    let after = version == VERSION_AFTER;
    let pool = if after { POOL_AFTER } else { POOL_BEFORE };
    let idle = if after { 10 } else { 20 };
    format!(
        "# ledger {version}
server:
  port: 8080
  tomcat:
    threads:
      max: 256
spring:
  application:
    name: ledger
  datasource:
    url: jdbc:postgresql://postgres.shop.svc:5432/ledger
    username: ledger_app
    password: {SPRING_PASSWORD}
    hikari:
      maximum-pool-size: {pool}
      minimum-idle: {idle}
      connection-timeout: 30000
management:
  endpoints:
    web:
      exposure:
        include: health,refresh,prometheus
"
    )
}
