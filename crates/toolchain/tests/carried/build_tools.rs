//! Maven, Gradle, and the wrappers that bring them along.

use toolchain::Severity;

use crate::{carried, found};

#[test]
fn a_pom_names_the_oldest_java_that_compiles_it() {
    let property = |properties: &str| format!("<project>\n  <properties>\n{properties}\n  </properties>\n</project>\n");
    let cases = [
        (
            "<maven.compiler.release>17</maven.compiler.release>",
            "java >=17 minimum pom.xml:3",
        ),
        ("<java.version>1.8</java.version>", "java >=1.8 minimum pom.xml:3"),
        (
            "<java.version>21</java.version>\n<maven.compiler.release>${java.version}</maven.compiler.release>",
            "java >=21 minimum pom.xml:3",
        ),
        (
            "<!-- <java.version>\n11</java.version> -->\n<maven.compiler.source>17</maven.compiler.source>",
            "java >=17 minimum pom.xml:5",
        ),
    ];
    for (properties, expected) in cases {
        assert_eq!(found(&[("pom.xml", &property(properties))]), [expected], "{properties}");
    }
    let inherited = property("<java.version>${jdk}</java.version>");
    assert_eq!(found(&[("pom.xml", &inherited)]), <[String; 0]>::default());
}

#[test]
fn the_rules_of_mavens_enforcer_are_ranges() {
    let rules = "<rules>\n<requireJavaVersion>\n<version>[17,22)</version>\n</requireJavaVersion>\n<requireMavenVersion><version>3.9</version></requireMavenVersion>\n</rules>";
    assert_eq!(
        found(&[("pom.xml", rules)]),
        ["java >=17, <22 range pom.xml:3", "maven >=3.9 minimum pom.xml:5"]
    );
}

#[test]
fn gradle_finds_its_jdk_by_itself_so_that_it_is_a_hint() {
    let groovy = "plugins { id 'java' }\njava {\n    toolchain {\n        languageVersion = JavaLanguageVersion.of(17)\n    }\n}\n";
    let kotlin = "// jvmToolchain(8)\nkotlin { jvmToolchain(21) }\njava.toolchain.languageVersion.set(JavaLanguageVersion.of(21))\nval v = JavaLanguageVersion.of(libs.versions.java.get())\n";
    assert_eq!(found(&[("build.gradle", groovy)]), ["java 17 hint build.gradle:4"]);
    assert_eq!(
        found(&[("build.gradle.kts", kotlin)]),
        ["java 21 hint build.gradle.kts:2", "java 21 hint build.gradle.kts:3"]
    );
    let daemon = (
        "gradle/gradle-daemon-jvm.properties",
        "# by Gradle\ntoolchainVersion=21\n",
    );
    assert_eq!(found(&[daemon]), ["java 21 hint gradle/gradle-daemon-jvm.properties:2"]);
}

#[test]
fn a_wrapper_brings_its_tool_so_that_it_is_a_hint() {
    let gradle = "distributionBase=GRADLE_USER_HOME\r\ndistributionUrl=https\\://services.gradle.org/distributions/gradle-8.6-rc-1-bin.zip\r\n";
    let maven = "distributionUrl=https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/3.9.6/apache-maven-3.9.6-bin.zip\n";
    let files = [
        ("gradle/wrapper/gradle-wrapper.properties", gradle),
        (".mvn/wrapper/maven-wrapper.properties", maven),
    ];

    assert_eq!(
        found(&files),
        [
            "gradle 8.6-rc-1 hint gradle/wrapper/gradle-wrapper.properties:2",
            "maven 3.9.6 hint .mvn/wrapper/maven-wrapper.properties:1",
        ]
    );
    let early = "distributionUrl=https\\://services.gradle.org/distributions/gradle-9.0-milestone-1-bin.zip\n";
    assert_eq!(
        found(&[("gradle/wrapper/gradle-wrapper.properties", early)]),
        ["gradle 9.0-milestone-1 hint gradle/wrapper/gradle-wrapper.properties:1"]
    );
    let requirement = carried(&files).requirements[0].requirement();
    assert_eq!(requirement.severity, Severity::Info);
    assert_eq!(
        requirement.why.as_deref(),
        Some("The project's gradlew brings it by itself.")
    );
}
