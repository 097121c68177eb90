package dk.telecomx.pbx;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dk.telecomx.pbx.http.ApiRoute;
import dk.telecomx.pbx.http.ConcurrencyLimiter;
import dk.telecomx.pbx.mongo.ByIdRepository;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Path;

/** Which package may know which: one way, no cycles. */
@AnalyzeClasses(packages = "dk.telecomx.pbx", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String OURS = "dk.telecomx.pbx..";

    @ArchTest
    static final ArchRule groupKnowsWhatItsStoryNeeds = knowsOnly(
            "group", "authentication", "authorization", "dialplan", "customer", "batching", "mongo", "error", "http");

    @ArchTest
    static final ArchRule authenticationKnowsNoFeature = knowsOnly("authentication", "error");

    @ArchTest
    static final ArchRule authorizationKnowsTheResellerEdge =
            knowsOnly("authorization", "authentication", "customer", "error");

    @ArchTest
    static final ArchRule customerKnowsLookups = knowsOnly("customer", "batching", "mongo", "error");

    @ArchTest
    static final ArchRule dialplanKnowsLookups = knowsOnly("dialplan", "batching", "mongo", "error");

    @ArchTest
    static final ArchRule batchingKnowsNoDomain = knowsOnly("batching", "error");

    @ArchTest
    static final ArchRule mongoKnowsNoDomain = knowsOnly("mongo", "error");

    @ArchTest
    static final ArchRule configKnowsHowTheDriverReads = knowsOnly("config", "mongo");

    @ArchTest
    static final ArchRule errorKnowsNoFeature = knowsOnly("error");

    @ArchTest
    static final ArchRule httpKnowsNoFeature = knowsOnly("http", "batching", "error");

    @ArchTest
    static final ArchRule healthKnowsWhatIsAskedForIt = knowsOnly("health", "authentication", "mongo");

    @ArchTest
    static final ArchRule demoKnowsWhatItListensTo = knowsOnly("demo", "authorization", "authentication");

    @ArchTest
    static final ArchRule nobodyKnowsTheDemo = noClasses()
            .that()
            .resideOutsideOfPackage("dk.telecomx.pbx.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dk.telecomx.pbx.demo..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingGoesRoundInACycle =
            slices().matching("dk.telecomx.pbx.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayTheJob =
            noClasses().should().haveNameMatching(".*(Service|Manager|Helper|Utils?|Impl|DTO|Dto)");

    @ArchTest
    static final ArchRule onlyTheDatabasesReadersKnowTheDriver = noClasses()
            .that()
            .resideInAnyPackage(OURS)
            .and()
            .resideOutsideOfPackages("..mongo..", "..demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.mongodb..");

    /** Others would get items of any customer, and what Panache's repositories have for writing. */
    @ArchTest
    static final ArchRule onlyTheRepositoriesReadDocuments = noClasses()
            .that()
            .resideInAnyPackage(OURS)
            .and()
            .resideOutsideOfPackages("..mongo..", "..dialplan..", "..customer..")
            .should()
            .accessTargetWhere(target(owner(assignableTo(ByIdRepository.class))).and(not(target(name("probe")))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus.mongodb.panache..");

    /** Quarkus has clients of its own that anybody could inject. */
    @ArchTest
    static final ArchRule onlyTheRepositoriesKnowTheClient = noClasses()
            .that()
            .resideInAnyPackage(OURS)
            .and()
            .resideOutsideOfPackages("..mongo..", "..dialplan..", "..customer..", "..demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus.mongodb..");

    /** Or it would have neither limit, nor time limit, nor 405. */
    @ArchTest
    static final ArchRule resourcesContributeTheirRouteAndKeepTheTimeLimit = classes()
            .that()
            .areAnnotatedWith(Path.class)
            .and()
            .resideOutsideOfPackage("..demo..")
            .should()
            .dependOnClassesThat(type(ApiRoute.class))
            .andShould()
            .callMethod(ConcurrencyLimiter.class, "withinTimeLimit", Uni.class);

    @ArchTest
    static final ArchRule onlyAuthenticationKnowsJose = noClasses()
            .that()
            .resideInAPackage(OURS)
            .and()
            .resideOutsideOfPackages("..authentication..", "..demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jose4j..", "io.smallrye.jwt..");

    /** What libraries keep to themselves may change with any release of theirs. */
    @ArchTest
    static final ArchRule nobodyUsesPrivateDoors = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "..impl..", "..internal..", "org.jboss.resteasy.reactive.server.core..")
                    .or(resideInAnyPackage(
                                    "io.quarkus.*.runtime..", "io.quarkus.*.*.runtime..", "io.quarkus.*.*.*.runtime..")
                            // The documented extension point for the client's settings.
                            .and(not(type(MongoClientCustomizer.class)))));

    private static ArchRule knowsOnly(String who, String... whom) {
        String[] packages = new String[whom.length + 1];
        packages[0] = "dk.telecomx.pbx." + who + "..";
        for (int i = 0; i < whom.length; i++) {
            packages[i + 1] = "dk.telecomx.pbx." + whom[i] + "..";
        }
        return classes()
                .that()
                .resideInAPackage(packages[0])
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(packages).or(resideOutsideOfPackage(OURS)));
    }
}
