package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"consumer/client"
)

func must(ok bool, format string, values ...any) {
	if !ok {
		fmt.Fprintf(os.Stderr, format+"\n", values...)
		os.Exit(1)
	}
}

func clientOf(token string) *client.ClientWithResponses {
	c, err := client.NewClientWithResponses(os.Getenv("BASE_URL"), client.WithRequestEditorFn(
		func(_ context.Context, request *http.Request) error {
			if token != "" {
				request.Header.Set("Authorization", "Bearer "+token)
			}
			return nil
		}))
	must(err == nil, "client: %v", err)
	return c
}

func ask(c *client.ClientWithResponses, id string, params client.GetGroupParams) *client.GetGroupResponse {
	response, err := c.GetGroupWithResponse(context.Background(), id, &params)
	must(err == nil, "group %s: %v", id, err)
	return response
}

func read(c *client.ClientWithResponses, id string, extensions, toGoto bool) *client.Group {
	response := ask(c, id, client.GetGroupParams{ExpandExtension: &extensions, ExpandGoto: &toGoto})
	must(response.JSON200 != nil, "group %s: %s", id, response.Status())
	return response.JSON200
}

func refused(failure *client.ApiError, status int32, code client.ErrorCode) {
	must(failure != nil && failure.Error.Status == status && failure.Error.Code == code, "not %d %s: %v", status, code, failure)
}

func text(value *string) string {
	if value == nil {
		return "null"
	}
	return *value
}

func main() {
	group := os.Getenv("GROUP")
	c := clientOf(os.Getenv("TOKEN"))

	for _, extensions := range []bool{false, true} {
		for _, toGoto := range []bool{false, true} {
			answer := read(c, group, extensions, toGoto)
			must(text(answer.Name) == "Sales" && answer.RingTime == 30 && answer.Pickup, "not the group: %v", answer)
			must(answer.Strategy == client.SEQUENTIAL, "strategy %s", answer.Strategy)
			must(len(answer.Members) == 3 && len(answer.Controllers) == 1, "members %v", answer.Members)
			names := ""
			for _, member := range answer.Members {
				_, err := member.AsId()
				must((err == nil) == !extensions, "id or extension: %v", err)
				if extension, err := member.AsExtensionRef(); err == nil {
					names += text(extension.Name) + ","
				}
			}
			must(names == map[bool]string{true: "Reception,Back office,null,", false: ""}[extensions], "names %q", names)

			must(answer.TimeoutGoto != nil, "no goto")
			_, err := answer.TimeoutGoto.AsId()
			must((err == nil) == !toGoto, "id or goto: %v", err)
			if toGoto {
				target, err := answer.TimeoutGoto.AsGotoRef()
				must(err == nil && text(target.Type) == "QUEUE" && text(target.Name) == "Night", "goto %v", target)
			}
		}
	}

	must(read(c, os.Getenv("GROUP_WITHOUT_GOTO"), false, true).TimeoutGoto == nil, "a goto")
	lost, err := read(c, os.Getenv("GROUP_WITH_LOST_GOTO"), false, true).TimeoutGoto.AsGotoRef()
	must(err == nil && lost.Type == nil && lost.Number == nil && lost.Name == nil, "lost goto %v", lost)

	none := client.GetGroupParams{}
	refused(ask(c, "x", none).JSON400, 400, client.BadRequest)
	refused(ask(clientOf(""), group, none).JSON401, 401, client.CredentialsInvalid)
	refused(ask(clientOf(os.Getenv("EXPIRED_TOKEN")), group, none).JSON401, 401, client.Expired)
	refused(ask(clientOf(os.Getenv("PERSONAL_TOKEN")), group, none).JSON403, 403, client.AccessDenied)
	refused(ask(c, os.Getenv("FOREIGN_GROUP"), none).JSON403, 403, client.AccessDenied)
	refused(ask(c, os.Getenv("NO_GROUP"), none).JSON404, 404, client.NotFound)

	etag := ask(c, group, none).HTTPResponse.Header.Get("ETag")
	again := ask(c, group, client.GetGroupParams{IfNoneMatch: &etag})
	must(etag != "" && again.StatusCode() == http.StatusNotModified && again.JSON200 == nil, "not 304: %s", again.Status())
	yes := true
	other := ask(c, group, client.GetGroupParams{IfNoneMatch: &etag, ExpandGoto: &yes})
	must(other.StatusCode() == http.StatusOK, "not 200: %s", other.Status())
}
