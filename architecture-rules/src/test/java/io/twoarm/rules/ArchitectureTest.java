package io.twoarm.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "io.twoarm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule modulesDependOnlyDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("topology-model")
            .definedBy("io.twoarm.model..")
            .layer("director-config")
            .definedBy("io.twoarm.config..")
            .layer("templates")
            .definedBy("io.twoarm.templates..")
            .layer("realserver-toa")
            .definedBy("io.twoarm.toa..")
            .layer("artifact-generator")
            .definedBy("io.twoarm.artifact..")
            .layer("director-daemon")
            .definedBy("io.twoarm.director..")
            .layer("ssh-deployer")
            .definedBy("io.twoarm.deploy..")
            .layer("local-lab")
            .definedBy("io.twoarm.lab..")
            .layer("benchmarks")
            .definedBy("io.twoarm.bench..")
            .layer("diagnostics")
            .definedBy("io.twoarm.diagnose..")
            .layer("engine")
            .definedBy("io.twoarm.engine..")
            .layer("command-line")
            .definedBy("io.twoarm.cli..")
            .layer("desktop-app")
            .definedBy("io.twoarm.desktop..")
            .whereLayer("topology-model")
            .mayNotAccessAnyLayer()
            .whereLayer("director-config")
            .mayNotAccessAnyLayer()
            .whereLayer("templates")
            .mayNotAccessAnyLayer()
            .whereLayer("realserver-toa")
            .mayNotAccessAnyLayer()
            .whereLayer("artifact-generator")
            .mayOnlyAccessLayers("topology-model", "director-config", "templates", "realserver-toa")
            .whereLayer("director-daemon")
            .mayOnlyAccessLayers("director-config")
            .whereLayer("benchmarks")
            .mayOnlyAccessLayers("director-daemon")
            .whereLayer("benchmarks")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ssh-deployer")
            .mayOnlyAccessLayers("artifact-generator")
            .whereLayer("local-lab")
            .mayOnlyAccessLayers("topology-model")
            .whereLayer("diagnostics")
            .mayOnlyAccessLayers("topology-model", "artifact-generator", "ssh-deployer")
            .whereLayer("engine")
            .mayOnlyAccessLayers(
                    "topology-model",
                    "director-config",
                    "templates",
                    "artifact-generator",
                    "ssh-deployer",
                    "local-lab",
                    "diagnostics")
            .whereLayer("command-line")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("desktop-app")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            SlicesRuleDefinition.slices().matching("io.twoarm.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theSceneGraphStaysInTheViews = noClasses()
            .that()
            .resideOutsideOfPackages("io.twoarm.desktop.ui..", "io.twoarm.desktop")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..")
            .because("view models are tested without a toolkit");

    @ArchTest
    static final ArchRule nativeCodeIsReachedInFewPlaces = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.twoarm.director.dpdk..", "io.twoarm.director.linux..", "io.twoarm.director.memory..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..")
            .because("an address used wrongly ends the process");

    @ArchTest
    static final ArchRule sshIsSpokenOnlyByTheDeployer = noClasses()
            .that()
            .resideOutsideOfPackage("io.twoarm.deploy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.sshd..", "com.jcraft.jsch..")
            .because("host keys are checked in one place");

    @ArchTest
    static final ArchRule onlyCommandLinesPrint = noClasses()
            .that(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(
                    "io.twoarm.cli..", "io.twoarm.bench", "io.twoarm.director", "io.twoarm.director.control..")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule packagesAreNamedAfterTheirModule = classes()
            .should()
            .resideInAnyPackage(
                    "io.twoarm.model..",
                    "io.twoarm.config..",
                    "io.twoarm.templates..",
                    "io.twoarm.toa..",
                    "io.twoarm.artifact..",
                    "io.twoarm.director..",
                    "io.twoarm.bench..",
                    "io.twoarm.deploy..",
                    "io.twoarm.lab..",
                    "io.twoarm.diagnose..",
                    "io.twoarm.engine..",
                    "io.twoarm.cli..",
                    "io.twoarm.desktop..");
}
