@file:JvmName("Consumer")

package consumer

import client.api.GroupApi
import client.infrastructure.ApiClient
import client.infrastructure.ClientError
import client.infrastructure.ClientException
import client.infrastructure.Serializer
import client.model.ApiError
import client.model.ErrorCode
import client.model.Group
import com.fasterxml.jackson.module.kotlin.readValue

private val api = GroupApi(env("BASE_URL"))

fun main() {
    ApiClient.accessToken = env("TOKEN")
    for (extensions in listOf(false, true)) {
        for (goto in listOf(false, true)) {
            reads(extensions, goto)
        }
    }
    check(read(env("GROUP_WITHOUT_GOTO"), false, true).timeoutGoto == null)
    val lost = (read(env("GROUP_WITH_LOST_GOTO"), false, true).timeoutGoto as IdOrGoto.Goto).value
    check(lost.type == null && lost.number == null && lost.name == null) { lost }

    refused("x", env("TOKEN"), 400, ErrorCode.bad_request)
    refused(env("GROUP"), null, 401, ErrorCode.credentials_invalid)
    refused(env("GROUP"), env("EXPIRED_TOKEN"), 401, ErrorCode.expired)
    refused(env("GROUP"), env("PERSONAL_TOKEN"), 403, ErrorCode.access_denied)
    refused(env("FOREIGN_GROUP"), env("TOKEN"), 403, ErrorCode.access_denied)
    refused(env("NO_GROUP"), env("TOKEN"), 404, ErrorCode.not_found)

    ApiClient.accessToken = env("TOKEN")
    val etag = api.getGroupWithHttpInfo(env("GROUP"), false, false, null, null).headers.getValue("etag").first()
    val again = api.getGroupWithHttpInfo(env("GROUP"), false, false, etag, null)
    check(again.statusCode == 304) { again.statusCode }
    check(api.getGroupWithHttpInfo(env("GROUP"), false, true, etag, null).statusCode == 200)
}

private fun reads(extensions: Boolean, goto: Boolean) {
    val group = read(env("GROUP"), extensions, goto)
    check(group.name == "Sales" && group.strategy == Group.Strategy.SEQUENTIAL && group.ringTime == 30L && group.pickup) { group }
    check(group.members.size == 3 && group.controllers.size == 1) { group }
    // Exhaustive: the compiler knows that there is no third case.
    val names = group.members.map { member ->
        when (member) {
            is IdOrExtension.Id -> "an id"
            is IdOrExtension.Extension -> member.value.name
        }
    }
    check(names == if (extensions) listOf("Reception", "Back office", null) else List(3) { "an id" }) { names }
    check(group.controllers.all { it is IdOrExtension.Extension == extensions }) { group.controllers }
    val target = when (val to = group.timeoutGoto) {
        null -> "nowhere"
        is IdOrGoto.Id -> "an id"
        is IdOrGoto.Goto -> "${to.value.type} ${to.value.name}"
    }
    check(target == if (goto) "QUEUE Night" else "an id") { target }
}

private fun read(id: String, extensions: Boolean, goto: Boolean): Group = api.getGroup(id, extensions, goto)

private fun refused(id: String, token: String?, status: Int, code: ErrorCode) {
    ApiClient.accessToken = token
    try {
        api.getGroup(id)
    } catch (refusal: ClientException) {
        val body = (refusal.response as ClientError<*>).body as String
        val details = Serializer.jacksonObjectMapper.readValue<ApiError>(body).error
        check(details.status == status && details.code == code) { details }
        return
    }
    error("not refused: $id")
}

private fun env(name: String): String = checkNotNull(System.getenv(name)) { name }
